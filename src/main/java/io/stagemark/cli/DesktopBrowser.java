package io.stagemark.cli;

import io.stagemark.data.PlainText;
import io.stagemark.data.ShownPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The browser of the desktop, if there is one: started as a process, without AWT. */
final class DesktopBrowser {
  private static final int SECONDS = 3;

  private DesktopBrowser() {}

  /**
   * Opens a page. It fails no run: a machine without a desktop is a usual one.
   *
   * @return what to say to the user where the page was not opened
   */
  static Optional<String> open(Path page) {
    return open(page, opener(System.getProperty("os.name", "")));
  }

  /**
   * @param opener command that takes the page's file as its last argument
   */
  static Optional<String> open(Path page, List<String> opener) {
    List<String> command = new ArrayList<>(opener);
    command.add(page.toAbsolutePath().toString());
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      // an opener hands the page on and ends; one that is still there is a browser
      boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
      return ended && process.exitValue() != 0
          ? Optional.of(sorry(page, opener))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of(sorry(page, opener));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static String sorry(Path page, List<String> opener) {
    return PlainText.line(
        "--open: no browser was started (%s): open %s yourself"
            .formatted(opener.get(0), ShownPath.of(page)));
  }

  static List<String> opener(String system) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.contains("windows")) {
      return List.of("rundll32", "url.dll,FileProtocolHandler");
    }
    return List.of(name.contains("mac") ? "open" : "xdg-open");
  }
}
