# Podium's programs in pods: the worker's with the engines, and the collector. The context is what
# `scripts/images` puts together after `mvn package`: podium.jar, lib/ and vegeta/.
ARG BASE=debian:bookworm-slim
ARG JDK=eclipse-temurin:25-jdk
ARG GO=golang:1.26

# The worker needs nothing but java.base: what Jackson would use of other modules, it does without.
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
# Serial collector and the first compiler alone: a small heap, quick to start, few threads beside the
# engine's. The jar files one by one: the order of lib/* is the file system's, and the AOT cache
# fits one order. ArchiveRelocationMode maps it where it was made for: as pages of a file, without
# patching its pointers.
RUN printf '%s\n' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx48m -Xss512k \
  -XX:+ExitOnOutOfMemoryError -XX:-UsePerfData \
  -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 \
  --enable-native-access=ALL-UNNAMED \
  -cp "$(echo /app/podium.jar /app/lib/*.jar | tr ' ' ':')" >/app/java.options

# What a worker's program loads in a step, recorded with the very files and options that it has in
# production: the cache fits no others.
FROM program AS rehearsed
RUN ["/opt/jre/bin/java", "@/app/java.options", "bench.podium.aot.WorkerTraining", "/app/worker.aot", "/opt/jre/bin/java", "@/app/java.options", "bench.podium.worker.WorkerMain"]
RUN ["/opt/jre/bin/java", "@/app/java.options", "bench.podium.aot.CollectorTraining", "/app/collector.aot", "/opt/jre/bin/java", "@/app/java.options", "bench.podium.collector.CollectorMain"]

FROM program
COPY --from=rehearsed /app/worker.aot /app/collector.aot /app/
# The command of the collector's container.
RUN printf '%s\n' '#!/bin/sh' \
  'exec /opt/jre/bin/java -XX:AOTCache=/app/collector.aot @/app/java.options bench.podium.collector.CollectorMain' \
  >/app/collector && chmod 755 /app/collector
USER 64101:64101
# In production a cache that does not fit is passed over; here it fails the build.
RUN ["/opt/jre/bin/java", "-XX:AOTCache=/app/worker.aot", "-XX:AOTMode=on", "@/app/java.options", "-version"]
RUN ["/opt/jre/bin/java", "-XX:AOTCache=/app/collector.aot", "-XX:AOTMode=on", "@/app/java.options", "-version"]
ENTRYPOINT ["/opt/jre/bin/java", "-XX:AOTCache=/app/worker.aot", "@/app/java.options", "bench.podium.worker.WorkerMain"]
