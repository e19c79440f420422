# The load pod: the worker's program and the engines. The context is what
# `scripts/images` puts together after `mvn package`: podium.jar and lib/.
ARG BASE=debian:bookworm-slim
ARG JDK=eclipse-temurin:25-jdk

# The worker needs nothing but java.base: what Jackson would use of other modules, it does without.
FROM ${JDK} AS jre
RUN jlink --strip-debug --no-header-files --no-man-pages --compress zip-6 --output /jre \
  --add-modules java.base

FROM ${BASE}
RUN apt-get update \
  && apt-get install -y --no-install-recommends wrk \
  && rm -rf /var/lib/apt/lists/*
COPY --from=jre /jre /opt/jre
COPY lib/ /app/lib/
COPY podium.jar /app/
USER 64101:64101
# Serial collector and the first compiler alone: a small heap, quick to start, few threads beside the
# engine's.
ENTRYPOINT ["/opt/jre/bin/java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx48m", "-Xss512k", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "-cp", "/app/podium.jar:/app/lib/*", "bench.podium.worker.WorkerMain"]
