package bench.podium.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LastLineTest {

  static Stream<Arguments> logs() {
    return Stream.of(
        of(
            "the last line",
            "listening on port 8080",
            """
            started
            listening on port 8080

            """),
        of(
            "a panic in Go",
            "panic: runtime error: index out of range [5] with length 3",
            """
            {"level":"INFO","msg":"target started"}
            panic: runtime error: index out of range [5] with length 3

            goroutine 1 [running]:
            main.(*Server).handle(0xc000012345, {0x1, 0x2})
            \t/app/main.go:10 +0x1d
            main.main()
            \t/app/main.go:5 +0x25
            created by net/http.(*Server).Serve in goroutine 1
            \t/usr/local/go/src/net/http/server.go:3285 +0x4b4
            exit status 2
            """),
        of(
            "a nil dereference in Go",
            "panic: runtime error: invalid memory address or nil pointer dereference",
            """
            panic: runtime error: invalid memory address or nil pointer dereference
            [signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x48e5f3]

            goroutine 34 [running]:
            main.crash(...)
            \t/app/main.go:12
            """),
        of(
            "a panic in Go with a message of several lines",
            "panic: cannot read config:",
            """
            panic: cannot read config:
            line 3: unknown key
            line 4: unknown key

            goroutine 1 [running]:
            main.main()
            \t/app/main.go:5 +0x25
            """),
        of(
            "a panic within a panic",
            "panic: first [recovered]",
            """
            panic: first [recovered]
            \tpanic: second

            goroutine 1 [running]:
            panic({0x4a1f00?, 0x4e2d20?})
            \t/usr/local/go/src/runtime/panic.go:770 +0x132
            """),
        of(
            "a fatal error in Go",
            "fatal error: concurrent map writes",
            """
            fatal error: concurrent map writes

            goroutine 18 [running]:
            main.write(0xc0000b0000)
            \t/app/main.go:22 +0x3c

            goroutine 1 [semacquire]:
            sync.runtime_Semacquire(0xc0000b2008?)
            \t/usr/local/go/src/runtime/sema.go:71 +0x25
            rax    0x0
            r8     0xc000080000
            """),
        of(
            "a panic in Go that was caught",
            "shutting down: disk is full",
            """
            panic: caught

            goroutine 7 [running]:
            main.handle(0xc0000b0000)
            \t/app/main.go:22 +0x3c
            answered 500
            shutting down: disk is full
            """),
        of(
            "a panic in Go that a log only speaks of",
            "closing (8 connections)",
            """
            panic: a word at the beginning of a line
            and another line
            closing (8 connections)
            """),
        of(
            "an exception in Java",
            "Exception in thread \"main\" java.lang.IllegalStateException: no database",
            """
            12:00:01 INFO starting
            Exception in thread "main" java.lang.IllegalStateException: no database
            \tat example.Main.main(Main.java:7)
            Caused by: java.net.ConnectException: Connection refused
            \tat java.base/sun.nio.ch.Net.connect0(Native Method)
            \t... 12 more
            """),
        of(
            "an exception in Java that its logger wrote",
            "Caused by: java.net.BindException: Address already in use",
            """
            12:00:01 ERROR o.s.boot.SpringApplication - Application run failed
            java.lang.IllegalStateException: Failed to start bean
            \tat org.example.A.b(A.java:7)
            Caused by: java.net.BindException: Address already in use
            \tat java.base/sun.nio.ch.Net.bind0(Native Method)
            \t... 9 more
            """),
        of(
            "a crash of a Java VM",
            "#  SIGSEGV (0xb) at pc=0x00007f2d1c0a1b2c, pid=7, tid=21",
            """
            #
            # A fatal error has been detected by the Java Runtime Environment:
            #
            #  SIGSEGV (0xb) at pc=0x00007f2d1c0a1b2c, pid=7, tid=21
            #
            # JRE version: OpenJDK Runtime Environment (25.0+36)
            # An error report file with more information is saved as:
            # /tmp/hs_err_pid7.log
            #
            """),
        of(
            "an error in Python",
            "ValueError: invalid port: 'http'",
            """
            Traceback (most recent call last):
              File "/app/main.py", line 3, in <module>
                run()
              File "/app/main.py", line 2, in run
                raise ValueError("invalid port: 'http'")
            ValueError: invalid port: 'http'
            """),
        of(
            "an error in Python with a message of several lines",
            "pydantic_core._pydantic_core.ValidationError: 1 validation error for Settings",
            """
            Traceback (most recent call last):
              File "/app/main.py", line 3, in <module>
            pydantic_core._pydantic_core.ValidationError: 1 validation error for Settings
            port
              Input should be a valid integer [type=int_parsing]
                For further information visit https://errors.pydantic.dev
            """),
        of(
            "an error in Python that was caught",
            "INFO:     Shutting down",
            """
            Traceback (most recent call last):
              File "/app/main.py", line 3, in handle
            KeyError: 'user'
            INFO:     127.0.0.1:40000 - "GET / HTTP/1.1" 500
            INFO:     Shutting down
            """),
        of(
            "a panic in Rust",
            "thread 'main' panicked at src/main.rs:4:5: no such file",
            """
            thread 'main' panicked at src/main.rs:4:5:
            no such file
            note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace
            """),
        of(
            "a panic in Rust with its stack",
            "thread 'tokio-runtime-worker' panicked at src/main.rs:4:5: no such file",
            """
            thread 'tokio-runtime-worker' panicked at src/main.rs:4:5:
            no such file
            stack backtrace:
               0: rust_begin_unwind
                         at /rustc/1/library/std/src/panicking.rs:645:5
            note: Some details are omitted
            """),
        of(
            "a panic in an older Rust",
            "thread 'main' panicked at 'no such file', src/main.rs:4:5",
            """
            thread 'main' panicked at 'no such file', src/main.rs:4:5
            note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace
            """),
        of(
            "an error in Node",
            "Error: listen EADDRINUSE: address already in use :::8080",
            """
            node:events:497
                  throw er; // Unhandled 'error' event
                  ^

            Error: listen EADDRINUSE: address already in use :::8080
                at Server.setupListenHandle [as _listen2] (node:net:1817:16)

            Node.js v20.11.1
            """),
        of(
            "an exception in .NET",
            "Unhandled exception. System.InvalidOperationException: no database",
            """
            Unhandled exception. System.InvalidOperationException: no database
               at Program.Main() in /app/Program.cs:line 5
            """),
        of(
            "an error in Ruby",
            "app.rb:3:in `run': no database (RuntimeError)",
            """
            app.rb:3:in `run': no database (RuntimeError)
            \tfrom app.rb:7:in `<main>'
            """),
        of(
            "nothing but a stack",
            "\tat example.Main.main(Main.java:7)",
            "\tat example.Main.main(Main.java:7)\n"));
  }

  private static Arguments of(String name, String expected, String log) {
    return Arguments.argumentSet(name, expected, log.lines().toList());
  }

  @ParameterizedTest
  @MethodSource("logs")
  void findsTheLineThatExplainsTheEnd(String expected, List<String> log) {
    // When
    Optional<String> line = LastLine.of(log);

    // Then
    assertThat(line).contains(expected);
  }

  @Test
  @Timeout(10)
  void findsTheLineAmongLinesDesignedForSlowMatching() {
    // Given
    List<String> hostile =
        Stream.concat(
                Stream.of("panic: no"),
                Stream.generate(() -> "(".repeat(LogText.MAX_READ_BYTES)).limit(1000))
            .toList();

    // When
    Optional<String> line = LastLine.of(hostile);

    // Then
    assertThat(line).contains(hostile.getLast());
  }

  @Test
  void returnsEmptyForAnEmptyLog() {
    // When
    Optional<String> line = LastLine.of(List.of("", "  "));

    // Then
    assertThat(line).isEmpty();
  }
}
