package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DesktopBrowserTest {
  private static final Path PAGE = Path.of("reports/x/index.html");

  @Test
  void open_noSuchProgram_saysWhatToDo() {
    assertThat(DesktopBrowser.open(PAGE, List.of("no-such-opener")))
        .contains(
            "--open: no browser was started (no-such-opener): open reports/x/index.html yourself");
  }

  @Test
  void open_programThatFails_saysWhatToDo() {
    assumeTrue(Files.isExecutable(Path.of("/bin/false")), "there is no /bin/false");
    assertThat(DesktopBrowser.open(PAGE, List.of("/bin/false"))).isPresent();
  }

  @Test
  void open_programThatTakesThePage_saysNothing() {
    assumeTrue(Files.isExecutable(Path.of("/bin/true")), "there is no /bin/true");
    assertThat(DesktopBrowser.open(PAGE, List.of("/bin/true"))).isEmpty();
  }

  @Test
  void opener_ofEachSystem_isItsOwn() {
    assertThat(DesktopBrowser.opener("Linux")).containsExactly("xdg-open");
    assertThat(DesktopBrowser.opener("Mac OS X")).containsExactly("open");
    assertThat(DesktopBrowser.opener("Windows 11")).contains("rundll32");
  }
}
