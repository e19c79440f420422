package bench.podium.crd;

import bench.podium.e2e.ActionTables;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** All generated files with their content. */
final class GeneratedFiles {

  static final Path CRD = Path.of("crds/benchmarkruns.podium.bench-v1.yml");
  static final Path CHART_CRD = Path.of("helm/podium/templates/crds/benchmarkruns.yaml");
  static final Path REFERENCE = Path.of("docs/reference/benchmarkrun.md");
  static final Path TROUBLESHOOTING = Path.of("docs/troubleshooting.md");

  static final Path FLOW = Path.of("docs/controller-flow.md");
  static final Path REASONS = Path.of("docs/reference/reasons.md");

  private static final String NOTICE = "# Generated from the API records: run make generate\n";

  private GeneratedFiles() {}

  static Map<Path, String> all() {
    ObjectNode crd = CrdGenerator.generate();
    Map<Path, String> files = new LinkedHashMap<>();
    files.put(CRD, NOTICE + Yaml.write(crd));
    files.put(REFERENCE, FieldReference.of(crd));
    files.put(TROUBLESHOOTING, TroubleshootingPage.of());
    files.put(FLOW, ActionTables.in(read(FLOW)));
    files.put(REASONS, ReasonsPage.of());
    files.put(CHART_CRD, chartCopy(crd));
    return files;
  }

  /** The current page: only its tables are generated. */
  private static String read(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Helm rejects this field on Kubernetes before 1.30, which does not have it. */
  private static final Pattern SELECTABLE =
      Pattern.compile("^ +selectableFields:\\n( +- jsonPath: .*\\n)+", Pattern.MULTILINE);

  /** Helm reads the file as a template, so double opening braces are escaped. */
  private static String chartCopy(ObjectNode crd) {
    ObjectNode copy = crd.deepCopy();
    ((ObjectNode) copy.get("metadata"))
        .putObject("annotations")
        .put("helm.sh/resource-policy", "keep");
    return "{{- if .Values.crds.install }}\n"
        + NOTICE
        + onlyFromKubernetes130(Yaml.write(copy).replace("{{", "{{ \"{{\" }}"))
        + "{{- end }}\n";
  }

  private static String onlyFromKubernetes130(String crd) {
    return SELECTABLE
        .matcher(crd)
        .replaceFirst(
            field ->
                "    {{- if semverCompare \">=1.30-0\" .Capabilities.KubeVersion.Version }}\n"
                    + field.group()
                    + "    {{- end }}\n");
  }
}
