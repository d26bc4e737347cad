package io.stagemark.serve;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Paths of requests, as parts that name one folder or file each: nothing hidden, nothing above, no
 * link is followed.
 */
final class ServedPath {
  private static final int MAX_PARTS = 32;

  private ServedPath() {}

  /**
   * Returns the parts of a request's path, decoded once; empty where one of them is no plain name.
   *
   * @param target such as {@code /run/my%20run/}
   */
  static Optional<List<String>> parts(URI target) {
    String raw = target.getRawPath();
    if (raw == null || !raw.startsWith("/")) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    String[] words = raw.substring(1).split("/", -1);
    for (int i = 0; i < words.length; i++) {
      Optional<String> part = decoded(words[i]);
      boolean last = i == words.length - 1;
      if (part.isEmpty() || (part.get().isEmpty() && !last) || !isPlain(part.get())) {
        return Optional.empty();
      }
      parts.add(part.get());
    }
    return parts.size() > MAX_PARTS ? Optional.empty() : Optional.of(parts);
  }

  /** Returns a text with its percent codes read as UTF-8; empty where they are no text. */
  static Optional<String> decoded(String text) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * text.length() + 1);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%') {
        bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      if (i + 2 >= text.length() || !text.substring(i + 1, i + 3).matches("[0-9A-Fa-f]{2}")) {
        return Optional.empty();
      }
      bytes.put((byte) Integer.parseInt(text.substring(i + 1, i + 3), 16));
      i += 2;
    }
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static boolean isPlain(String part) {
    return !part.startsWith(".")
        && part.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
  }

  /**
   * Returns what the parts name in a folder.
   *
   * @return empty where there is nothing, or a link is on the way
   */
  static Optional<Path> in(Path root, List<String> parts) {
    Path path = root;
    try {
      for (String part : parts) {
        path = path.resolve(part);
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS) || Files.isSymbolicLink(path)) {
          return Optional.empty();
        }
      }
      return path.toRealPath().startsWith(root.toRealPath()) ? Optional.of(path) : Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }
}
