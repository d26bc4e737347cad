package io.stagemark.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The state of a Git working tree, as the {@code git} command reports it.
 *
 * @param commit full hash
 * @param dirty whether a tracked file differs from it
 */
public record GitTree(String commit, boolean dirty) {
  private static final int SECONDS = 10;

  /** Returns the tree that contains a folder; empty if there is none or no git. */
  public static Optional<GitTree> of(Path folder) throws InterruptedException {
    Optional<String> commit = git(folder, "rev-parse", "--verify", "HEAD");
    Optional<String> changes = git(folder, "status", "--porcelain", "--untracked-files=no");
    return commit.isPresent() && changes.isPresent()
        ? Optional.of(new GitTree(commit.get(), !changes.get().isEmpty()))
        : Optional.empty();
  }

  private static Optional<String> git(Path folder, String... arguments)
      throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-c", "core.fsmonitor=false"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    // A look must not take the index's lock from the user's own commands.
    builder.environment().put("GIT_OPTIONAL_LOCKS", "0");
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String text;
      try (InputStream out = process.getInputStream()) {
        text = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
      }
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      return process.exitValue() == 0 ? Optional.of(text) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // no git on this machine
    }
  }
}
