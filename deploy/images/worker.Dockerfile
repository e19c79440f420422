# The load pod: the worker's program and the engines. The context is what
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

FROM ${BASE}
RUN apt-get update \
  && apt-get install -y --no-install-recommends wrk \
  && rm -rf /var/lib/apt/lists/*
COPY --from=vegeta /podium-vegeta /usr/local/bin/
COPY --from=jre /jre /opt/jre
COPY lib/ /app/lib/
COPY podium.jar /app/
USER 64101:64101
# Serial collector and the first compiler alone: a small heap, quick to start, few threads beside the
# engine's.
ENTRYPOINT ["/opt/jre/bin/java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx48m", "-Xss512k", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "-cp", "/app/podium.jar:/app/lib/*", "bench.podium.worker.WorkerMain"]
