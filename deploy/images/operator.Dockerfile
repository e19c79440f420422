# The operator. The build context is target/quarkus-app after `mvn package`.
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
# Serial GC and the C1 compiler only, for a small heap and a fast start. The heap is half of the
# container's memory limit: the JVM uses MinRAMPercentage below 250 MB of heap and MaxRAMPercentage
# above. The initial heap must hold the objects of the AOT cache (3.6 MB, in the old generation), or
# the JVM exits. ArchiveRelocationMode=0 maps the AOT cache at its original address, as pages of the
# file and without patching pointers.
RUN printf '%s\n' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
  -XX:InitialRAMPercentage=10 -XX:MinRAMPercentage=50 -XX:MaxRAMPercentage=50 -Xss512k \
  -XX:+ExitOnOutOfMemoryError -XX:-UsePerfData \
  -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 \
  -Djava.util.logging.manager=org.jboss.logmanager.LogManager >/app/java.options
# Few malloc arenas, because each retains memory that it has once allocated.
ENV MALLOC_ARENA_MAX=2

# Trains the AOT cache: records the classes that the operator loads during a run. Files and options
# must be those of production, or the JVM rejects the cache. MaxRAM is set because the build machine
# may have so much memory that pointers are not compressed, which does not match smaller containers.
FROM program AS trained
RUN ["/opt/jre/bin/java", "-cp", "/app/quarkus-run.jar", "bench.podium.aot.OperatorTraining", "/app/operator.aot", "/opt/jre/bin/java", "@/app/java.options", "-XX:MaxRAM=192m", "-jar", "/app/quarkus-run.jar"]

FROM program
COPY --from=trained /app/operator.aot /app/
USER 64100:64100
# In production the JVM ignores a cache that it rejects. Here AOTMode=on fails the build, for several
# supported memory limits.
RUN ["/opt/jre/bin/java", "-XX:AOTCache=/app/operator.aot", "-XX:AOTMode=on", "@/app/java.options", "-XX:MaxRAM=192m", "-cp", "/app/quarkus-run.jar", "-version"]
RUN ["/opt/jre/bin/java", "-XX:AOTCache=/app/operator.aot", "-XX:AOTMode=on", "@/app/java.options", "-XX:MaxRAM=256m", "-cp", "/app/quarkus-run.jar", "-version"]
RUN ["/opt/jre/bin/java", "-XX:AOTCache=/app/operator.aot", "-XX:AOTMode=on", "@/app/java.options", "-XX:MaxRAM=1g", "-cp", "/app/quarkus-run.jar", "-version"]
EXPOSE 8080
ENTRYPOINT ["/opt/jre/bin/java", "-XX:AOTCache=/app/operator.aot", "@/app/java.options", "-jar", "/app/quarkus-run.jar"]
