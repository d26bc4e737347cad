package io.stagemark.gate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What Git says of a checkout; nothing where there is no Git, or the folder is not its. */
final class GitRevision {
  private static final int TIMEOUT_SECONDS = 20;
  private static final String DETACHED = "HEAD";

  private GitRevision() {}

  /**
   * Returns such as {@code main 1a2b3c4d}, or {@code 1a2b3c4d + uncommitted changes}.
   *
   * @param checkout a folder
   */
  static Optional<String> of(Path checkout) throws InterruptedException {
    Optional<String> commit = git(checkout, "rev-parse", "--short=8", DETACHED);
    if (commit.isEmpty()) {
      return Optional.empty();
    }
    String branch =
        git(checkout, "rev-parse", "--abbrev-ref", DETACHED)
            .filter(name -> !name.equals(DETACHED))
            .map(name -> name + " ")
            .orElse("");
    boolean changed =
        git(checkout, "status", "--porcelain", "--untracked-files=no", ".")
            .filter(lines -> !lines.isEmpty())
            .isPresent();
    return Optional.of(branch + commit.get() + (changed ? " + uncommitted changes" : ""));
  }

  private static Optional<String> git(Path checkout, String... arguments)
      throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", checkout.toString()));
    command.addAll(List.of(arguments));
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put("GIT_OPTIONAL_LOCKS", "0"); // a look changes nothing
      Process process = builder.start();
      try {
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        return ended && process.exitValue() == 0 ? Optional.of(said.strip()) : Optional.empty();
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return Optional.empty(); // no Git here
    }
  }
}
