package io.stagemark.serve;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is answered.
 *
 * @param status of HTTP
 * @param type of the content
 * @param text the content, unless it is a file
 * @param file whose content it is; empty for a text
 * @param location where else to go; empty for nowhere
 */
record Response(
    int status, String type, String text, Optional<Path> file, Optional<String> location) {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String PLAIN = "text/plain; charset=utf-8";

  static Response html(String page) {
    return new Response(200, HTML, page, Optional.empty(), Optional.empty());
  }

  static Response file(Path file, String type) {
    return new Response(200, type, "", Optional.of(file), Optional.empty());
  }

  /** An answer of one line. */
  static Response plain(int status, String line) {
    return new Response(status, PLAIN, line + "\n", Optional.empty(), Optional.empty());
  }

  /** What is asked for is under another address. */
  static Response elsewhere(String location) {
    return new Response(308, PLAIN, location + "\n", Optional.empty(), Optional.of(location));
  }

  byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
