# The worker with its engines, and the collector. `scripts/images` creates the build context after
# `mvn package`: podium.jar, lib/ and vegeta/.
ARG BASE=debian:bookworm-slim
ARG JDK=eclipse-temurin:25-jdk
ARG GO=golang:1.26

# The worker needs java.base only; Jackson works without the other modules.
FROM ${JDK} AS jre
RUN jlink --strip-debug --no-header-files --no-man-pages --compress zip-6 --output /jre \
  --add-modules java.base

FROM ${GO} AS vegeta
WORKDIR /src
COPY vegeta/go.mod vegeta/go.sum ./
RUN go mod download
COPY vegeta/ ./
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o /podium-vegeta .

FROM ${BASE} AS program
RUN apt-get update \
  && apt-get install -y --no-install-recommends wrk \
  && rm -rf /var/lib/apt/lists/*
COPY --from=vegeta /podium-vegeta /usr/local/bin/
COPY --from=jre /jre /opt/jre
COPY lib/ /app/lib/
COPY podium.jar /app/
# Serial GC and the C1 compiler only, for a small heap, a fast start, and few threads besides those of
# the engine. The jar files are listed one by one, because the order of lib/* depends on the file
# system and the AOT cache requires the same order. ArchiveRelocationMode=0 maps the AOT cache at its
# original address, as pages of the file and without patching pointers.
RUN printf '%s\n' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx48m -Xss512k \
  -XX:+ExitOnOutOfMemoryError -XX:-UsePerfData \
  -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 \
  --enable-native-access=ALL-UNNAMED \
  -cp "$(echo /app/podium.jar /app/lib/*.jar | tr ' ' ':')" >/app/java.options

# Trains the AOT caches: records the classes that the worker and the collector load during a step.
# Files and options must be those of production, or the JVM rejects the cache.
FROM program AS trained
RUN ["/opt/jre/bin/java", "@/app/java.options", "bench.podium.aot.WorkerTraining", "/app/worker.aot", "/opt/jre/bin/java", "@/app/java.options", "bench.podium.worker.WorkerMain"]
RUN ["/opt/jre/bin/java", "@/app/java.options", "bench.podium.aot.CollectorTraining", "/app/collector.aot", "/opt/jre/bin/java", "@/app/java.options", "bench.podium.collector.CollectorMain"]

FROM program
COPY --from=trained /app/worker.aot /app/collector.aot /app/
# The command of the collector's container.
RUN printf '%s\n' '#!/bin/sh' \
  'exec /opt/jre/bin/java -XX:AOTCache=/app/collector.aot @/app/java.options bench.podium.collector.CollectorMain' \
  >/app/collector && chmod 755 /app/collector
USER 64101:64101
# In production the JVM ignores a cache that it rejects. Here AOTMode=on fails the build.
RUN ["/opt/jre/bin/java", "-XX:AOTCache=/app/worker.aot", "-XX:AOTMode=on", "@/app/java.options", "-version"]
RUN ["/opt/jre/bin/java", "-XX:AOTCache=/app/collector.aot", "-XX:AOTMode=on", "@/app/java.options", "-version"]
ENTRYPOINT ["/opt/jre/bin/java", "-XX:AOTCache=/app/worker.aot", "@/app/java.options", "bench.podium.worker.WorkerMain"]
