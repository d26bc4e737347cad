package io.stagemark.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Standard output that remembers why it could not be written: a writer keeps that to itself. */
final class StandardOutput extends FilterOutputStream {
  private @Nullable String fault;

  StandardOutput(OutputStream out) {
    super(out);
  }

  static StandardOutput ofThisProcess() {
    return new StandardOutput(new FileOutputStream(FileDescriptor.out));
  }

  PrintWriter writer() {
    return new PrintWriter(new BufferedOutputStream(this), true, StandardCharsets.UTF_8);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      fault = String.valueOf(e.getMessage());
      throw e;
    }
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  /**
   * Returns why some of it was lost. Not if its reader had enough, as {@code head} has: that is no
   * fault.
   */
  Optional<String> fault() {
    return Optional.ofNullable(fault).filter(f -> !f.toLowerCase(Locale.ROOT).contains("pipe"));
  }
}
