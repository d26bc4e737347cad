package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TerminalTest {
  private static final Terminal COLORED = new Terminal(true, true);

  @Test
  void of_streamsAndEnvironment_decide() {
    Map<String, String> xterm = Map.of("TERM", "xterm");
    assertThat(Terminal.of("12", 1, xterm)).isEqualTo(COLORED);
    assertThat(Terminal.of("2", 1, xterm)).isEqualTo(Terminal.NONE);
    assertThat(Terminal.of("2", 2, xterm)).isEqualTo(COLORED);
    assertThat(Terminal.of("12", 1, Map.of())).isEqualTo(Terminal.NONE);
    assertThat(Terminal.of("12", 1, Map.of("TERM", "dumb"))).isEqualTo(Terminal.NONE);
    assertThat(Terminal.of("12", 1, Map.of("TERM", "xterm", "NO_COLOR", "1")))
        .isEqualTo(new Terminal(false, true));
    assertThat(Terminal.of("12", 1, Map.of("TERM", "xterm", "NO_COLOR", ""))).isEqualTo(COLORED);
  }

  @Test
  void painted_barsAndVerdicts_areInColourAndTheTextIsTheSame() {
    String text = "a  ░▒▒██▓\nx: INVALID, but VALID and uninvalid $1\n";
    String painted = COLORED.painted(text);
    assertThat(painted)
        .contains("\u001b[36m░\u001b[0m\u001b[34m▒▒\u001b[0m\u001b[32m██\u001b[0m")
        .contains("\u001b[1;31mINVALID\u001b[0m, but VALID and uninvalid $1");
    assertThat(painted.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(text);
    assertThat(new Terminal(false, true).painted(text)).isEqualTo(text);
  }

  @Test
  void printProgress_inATerminal_replacesTheLineAndIsClearedByTheNextText() {
    StringWriter text = new StringWriter();
    PrintWriter out = new ConsoleWriter(text, new Terminal(false, true));
    ConsoleWriter.printProgress(out, "[0/2] one");
    ConsoleWriter.printProgress(out, "[1/2] two " + "x".repeat(100));
    out.println("done");
    assertThat(text.toString())
        .isEqualTo(
            "\r\u001b[K[0/2] one\r\u001b[K[1/2] two "
                + "x".repeat(68)
                + "…\r\u001b[Kdone"
                + System.lineSeparator());
  }

  @Test
  void println_onStandardOutput_clearsTheProgressOfStandardError() {
    StringWriter screen = new StringWriter();
    ConsoleWriter err = new ConsoleWriter(screen, COLORED);
    ConsoleWriter out = new ConsoleWriter(screen, COLORED);
    out.clearing(err);
    ConsoleWriter.printProgress(err, "[1/2]");
    out.println("done");
    assertThat(screen.toString())
        .isEqualTo("\r\u001b[K[1/2]\r\u001b[Kdone" + System.lineSeparator());
  }

  @Test
  void printProgress_inALog_isALineEachTime() {
    StringWriter text = new StringWriter();
    PrintWriter out = new ConsoleWriter(text);
    ConsoleWriter.printProgress(out, "[0/2] one");
    ConsoleWriter.printProgress(out, "[1/2] two");
    assertThat(text.toString().lines()).containsExactly("[0/2] one", "[1/2] two");
  }

  // What others write reaches no terminal as a control sequence, in colour or not.
  @Test
  void println_controlSequenceOfOthers_isShownAsText() {
    StringWriter text = new StringWriter();
    new ConsoleWriter(text, COLORED).println("\u001b[2J INVALID");
    assertThat(text.toString()).doesNotContain("\u001b[2J").contains("\u001b[1;31mINVALID");
  }
}
