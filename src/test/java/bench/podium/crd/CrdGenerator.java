package bench.podium.crd;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.BenchmarkRunSpec;
import bench.podium.api.v1alpha1.BenchmarkRunStatus;
import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The CRD of {@link BenchmarkRun}: the output of fabric8's generator with additions. */
final class CrdGenerator {

  /** The API server drops the default 0, so GitOps tools would always see a difference. */
  private static final String DEFAULT_PRIORITY = "priority";

  private CrdGenerator() {}

  /** The CRD as an object of the client. */
  static CustomResourceDefinition definition() {
    return Serialization.unmarshal(Yaml.write(generate()), CustomResourceDefinition.class);
  }

  /** The CRD as a tree, with keys in the order in which they are written. */
  static ObjectNode generate() {
    ObjectNode crd = raw();
    ObjectNode version = (ObjectNode) crd.at("/spec/versions/0");
    orderColumns(version);
    ObjectNode root = (ObjectNode) version.at("/schema/openAPIV3Schema");
    describe(root, BenchmarkRun.class);
    describe((ObjectNode) root.at("/properties/spec"), BenchmarkRunSpec.class);
    describe((ObjectNode) root.at("/properties/status"), BenchmarkRunStatus.class);
    SchemaRefinement.refine((ObjectNode) root.at("/properties/spec"), BenchmarkRunSpec.class);
    SchemaRefinement.refine((ObjectNode) root.at("/properties/status"), BenchmarkRunStatus.class);
    root.putArray("required").add("spec");
    RootRules.addTo(root, BenchmarkRunSpec.class);
    return crd;
  }

  private static ObjectNode raw() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new CRDGenerator()
        .withParallelGenerationEnabled(false)
        .customResourceClasses(BenchmarkRun.class)
        .forCRDVersions("v1")
        .withOutput(new InMemory(bytes))
        .detailedGenerate();
    return Yaml.read(bytes.toString(StandardCharsets.UTF_8));
  }

  /** Restores the order of the annotations, which kubectl shows: the generator sorts by path. */
  private static void orderColumns(ObjectNode version) {
    List<String> names =
        Stream.of(BenchmarkRun.class.getAnnotationsByType(AdditionalPrinterColumn.class))
            .map(AdditionalPrinterColumn::name)
            .toList();
    var columns =
        StreamSupport.stream(version.get("additionalPrinterColumns").spliterator(), false)
            .sorted(Comparator.comparing(column -> names.indexOf(column.get("name").asText())))
            .toList();
    columns.forEach(column -> ((ObjectNode) column).remove(DEFAULT_PRIORITY));
    version.putArray("additionalPrinterColumns").addAll(columns);
  }

  private static void describe(ObjectNode schema, Class<?> type) {
    schema.put("description", type.getAnnotation(JsonClassDescription.class).value());
  }

  private static final class InMemory
      extends CRDGenerator.AbstractCRDOutput<ByteArrayOutputStream> {
    private final ByteArrayOutputStream bytes;

    InMemory(ByteArrayOutputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    protected ByteArrayOutputStream createStreamFor(String crdName) {
      return bytes;
    }

    @Override
    public void close() {
      try {
        super.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
