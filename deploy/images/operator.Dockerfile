# The operator. The context is target/quarkus-app, as `mvn package` leaves it.
ARG BASE=debian:bookworm-slim
ARG JDK=eclipse-temurin:25-jdk

FROM ${JDK} AS jre
RUN jlink --strip-debug --no-header-files --no-man-pages --compress zip-6 --output /jre \
  --add-modules java.base,java.compiler,java.instrument,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.sql,java.xml,jdk.crypto.ec,jdk.management,jdk.unsupported,jdk.zipfs

FROM ${BASE}
COPY --from=jre /jre /opt/jre
COPY lib/ /app/lib/
COPY quarkus/ /app/quarkus/
COPY app/ /app/app/
COPY quarkus-run.jar /app/
# Few malloc arenas: each keeps memory that it has once had.
ENV MALLOC_ARENA_MAX=2
USER 64100:64100
EXPOSE 8080
# Serial collector and the first compiler alone: a small heap, and quick to start.
ENTRYPOINT ["/opt/jre/bin/java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xms24m", "-Xmx64m", "-Xss512k", "-XX:+ExitOnOutOfMemoryError", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "-jar", "/app/quarkus-run.jar"]
