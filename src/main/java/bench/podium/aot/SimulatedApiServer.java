package bench.podium.aot;

import bench.podium.resources.TargetResources;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PfxOptions;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A minimal API server for one operator. It permits everything, ignores selectors, and runs on one
 * thread.
 */
final class SimulatedApiServer implements AutoCloseable {

  private static final Pattern PATH =
      Pattern.compile(
          "(/api(?:s/[^/]+)?/v\\w+(?:/namespaces/[^/]+)?/\\w+)(?:/([^/]+)(?:/(status|log))?)?");

  private static final String REVIEWS = "/apis/authorization.k8s.io/";

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Clock clock;
  private final SimulatedObjects objects;
  private final Map<ServerWebSocket, String> watches = new HashMap<>();
  private final Map<String, SimulatedAgent> agents = new HashMap<>();
  private final CompletableFuture<Void> finished = new CompletableFuture<>();
  private final HttpServer server;

  /**
   * @param key key and certificate of the server, as PKCS12
   */
  SimulatedApiServer(Path key, String password, Clock clock) {
    this.clock = clock;
    this.objects = new SimulatedObjects(clock, this::changed);
    objects.createRun();
    PfxOptions pfx = new PfxOptions().setPath(key.toString()).setPassword(password);
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions().setSsl(true).setUseAlpn(true).setKeyCertOptions(pfx))
            .requestHandler(request -> request.body().onSuccess(body -> answer(request, body)))
            .webSocketHandler(this::watch)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  int port() {
    return server.actualPort();
  }

  /** Completed once the run has finished and its objects are deleted. */
  CompletableFuture<Void> finished() {
    return finished;
  }

  private void answer(HttpServerRequest request, Buffer body) {
    Matcher path = PATH.matcher(request.path());
    if (!path.matches()) {
      request.response().end("ok");
    } else if ("log".equals(path.group(3))) {
      String pod = path.group(1) + "/" + path.group(2);
      SimulatedPodLog log = new SimulatedPodLog(clock, objects.get(pod), request.response());
      boolean isCollector = TargetResources.COLLECTOR.equals(request.getParam("container"));
      agents.put(
          pod,
          isCollector ? new SimulatedCollectorLog(vertx, log) : new SimulatedWorkerLog(vertx, log));
    } else if (request.path().startsWith(REVIEWS)) {
      reply(request.response(), HttpURLConnection.HTTP_CREATED, allowed(body.toJsonObject()));
    } else if (request.method().equals(HttpMethod.POST)) {
      JsonObject created = objects.create(path.group(1), body.toJsonObject());
      reply(request.response(), HttpURLConnection.HTTP_CREATED, created);
    } else if (path.group(2) == null) {
      reply(request.response(), HttpURLConnection.HTTP_OK, objects.list(path.group(1)));
    } else {
      one(request, path.group(1) + "/" + path.group(2), body);
    }
  }

  private void one(HttpServerRequest request, String path, Buffer body) {
    JsonObject object = objects.get(path);
    if (object == null) {
      JsonObject missing = JsonObject.of("kind", "Status", "apiVersion", "v1", "code", 404);
      reply(request.response(), HttpURLConnection.HTTP_NOT_FOUND, missing);
      return;
    }
    switch (request.method().name()) {
      case "DELETE" -> objects.delete(path);
      case "PUT" -> object = objects.replace(path, body.toJsonObject());
      case "PATCH" -> object = objects.patch(path, body.toJsonObject());
      default -> {}
    }
    reply(request.response(), HttpURLConnection.HTTP_OK, object);
  }

  private static JsonObject allowed(JsonObject review) {
    JsonArray all = JsonArray.of("*");
    JsonArray rules = JsonArray.of(JsonObject.of("apiGroups", all, "resources", all, "verbs", all));
    return review.put(
        "status",
        JsonObject.of("incomplete", false, "nonResourceRules", rules, "resourceRules", rules));
  }

  private static void reply(HttpServerResponse response, int status, JsonObject object) {
    response
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(object.toBuffer());
  }

  private void watch(ServerWebSocket socket) {
    watches.put(socket, socket.path());
    socket.closeHandler(closed -> watches.remove(socket));
  }

  private void changed(String change, String path, JsonObject object) {
    watches.forEach(
        (socket, collection) -> {
          if (SimulatedObjects.isIn(collection, path)) {
            socket.writeTextMessage(JsonObject.of("type", change, "object", object).encode());
          }
        });
    if (agents.containsKey(path)) {
      agents.get(path).changed(object);
    }
    if (objects.isRunFinished()) {
      finished.complete(null);
    }
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
