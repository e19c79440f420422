# The operator. The context is target/quarkus-app, as `mvn package` leaves it.
ARG BASE=debian:bookworm-slim
ARG JDK=eclipse-temurin:25-jdk

FROM ${JDK} AS jre
RUN jlink --strip-debug --no-header-files --no-man-pages --compress zip-6 --output /jre \
  --add-modules java.base,java.compiler,java.instrument,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.sql,java.xml,jdk.crypto.ec,jdk.management,jdk.unsupported,jdk.zipfs

FROM ${BASE} AS program
COPY --from=jre /jre /opt/jre
COPY lib/ /app/lib/
COPY quarkus/ /app/quarkus/
COPY app/ /app/app/
COPY quarkus-run.jar /app/
# Serial collector and the first compiler alone: a small heap, and quick to start. The heap is a half
# of the container's limit: below 250 MB of heap the JVM takes the minimum's share, above it the
# maximum's. What it starts with has to hold the objects of the AOT cache (3.6 MB, in the old
# generation), or the JVM ends. The last two map the AOT cache where it was made for: as pages of a
# file, without patching its pointers.
RUN printf '%s\n' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
  -XX:InitialRAMPercentage=10 -XX:MinRAMPercentage=50 -XX:MaxRAMPercentage=50 -Xss512k \
  -XX:+ExitOnOutOfMemoryError -XX:-UsePerfData \
  -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 \
  -Djava.util.logging.manager=org.jboss.logmanager.LogManager >/app/java.options
# Few malloc arenas: each keeps memory that it has once had.
ENV MALLOC_ARENA_MAX=2

# What the operator loads in a run, recorded with the very files and options that it has in
# production: the cache fits no others. The smallest memory, since the machine of the build may have
# so much that pointers are not compressed, and then the cache would fit nowhere else.
FROM program AS rehearsed
RUN ["/opt/jre/bin/java", "-cp", "/app/quarkus-run.jar", "bench.podium.aot.OperatorTraining", "/app/operator.aot", "/opt/jre/bin/java", "@/app/java.options", "-XX:MaxRAM=192m", "-jar", "/app/quarkus-run.jar"]

FROM program
COPY --from=rehearsed /app/operator.aot /app/
USER 64100:64100
# In production a cache that does not fit is passed over; here it fails the build, with each memory
# that the operator is promised to start with.
RUN ["/opt/jre/bin/java", "-XX:AOTCache=/app/operator.aot", "-XX:AOTMode=on", "@/app/java.options", "-XX:MaxRAM=192m", "-cp", "/app/quarkus-run.jar", "-version"]
RUN ["/opt/jre/bin/java", "-XX:AOTCache=/app/operator.aot", "-XX:AOTMode=on", "@/app/java.options", "-XX:MaxRAM=256m", "-cp", "/app/quarkus-run.jar", "-version"]
RUN ["/opt/jre/bin/java", "-XX:AOTCache=/app/operator.aot", "-XX:AOTMode=on", "@/app/java.options", "-XX:MaxRAM=1g", "-cp", "/app/quarkus-run.jar", "-version"]
EXPOSE 8080
ENTRYPOINT ["/opt/jre/bin/java", "-XX:AOTCache=/app/operator.aot", "@/app/java.options", "-jar", "/app/quarkus-run.jar"]
