package io.stagemark.config;

import io.stagemark.data.ShownPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Checks by writing, before anything runs, that the output folder is writable; leaves no file
 * there.
 */
public final class OutputFolder {
  private OutputFolder() {}

  /**
   * Writes a file into the folder, or into the nearest folder above it that exists, and deletes it:
   * permission bits do not apply to root or to a read-only mount.
   */
  public static void check(Path folder, Place place, Problems problems) {
    Path existing = folder.toAbsolutePath();
    while (existing.getParent() != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
      existing = existing.getParent();
    }
    if (existing.equals(folder.toAbsolutePath()) && Files.isSymbolicLink(folder)) {
      problems.add(
          place,
          ShownPath.of(folder) + ": a link; nothing is written through one",
          "a folder, by its own name",
          "output: " + target(folder));
      return;
    }
    String expected = "a folder that can be written, or created: " + ShownPath.of(folder);
    String tryThis = "output: /tmp/" + folder.getFileName();
    if (!Files.isDirectory(existing)) {
      problems.add(place, ShownPath.of(existing) + ": not a folder", expected, tryThis);
      return;
    }
    try {
      Files.delete(Files.createTempFile(existing, ".stagemark", ".try"));
    } catch (IOException e) {
      problems.add(
          place,
          ShownPath.of(existing) + ": not writable (" + e.getClass().getSimpleName() + ")",
          expected,
          tryThis);
    }
  }

  private static String target(Path link) {
    try {
      return ShownPath.of(link.toRealPath());
    } catch (IOException e) {
      return "/tmp/" + link.getFileName(); // it leads nowhere
    }
  }
}
