package io.stagemark.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes bytes and refuses the first that are no text, with their line and offset. */
final class StrictReader extends Reader {
  private static final int CHUNK = 1 << 16;

  private final InputStream in;
  private final Charset charset;
  private final CharsetDecoder decoder;
  private final long maxBytes;
  private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK).flip();
  private long taken;
  private int line = 1;
  private boolean afterReturn;
  private boolean ended;

  /**
   * @param skipped bytes of the byte-order mark, which are read already
   */
  StrictReader(InputStream in, Charset charset, int skipped, long maxBytes) {
    this.in = in;
    this.charset = charset;
    this.taken = skipped;
    this.maxBytes = maxBytes;
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    CharBuffer out = CharBuffer.wrap(target, offset, length).slice();
    while (true) {
      int before = bytes.position();
      CoderResult result = decoder.decode(bytes, out, ended);
      taken += bytes.position() - before;
      check(target, offset, out.position());
      if (result.isError()) {
        throw undecodable(result.length());
      }
      if (out.position() > 0) {
        return out.position();
      }
      if (ended) {
        return -1;
      }
      if (result.isOverflow()) {
        // a character of two units does not fit into one
        throw new IOException("a buffer of one character");
      }
      fill();
    }
  }

  private void fill() throws IOException {
    bytes.compact();
    int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
    if (count < 0) {
      ended = true;
    } else {
      bytes.position(bytes.position() + count);
    }
    bytes.flip();
    if (taken + bytes.remaining() > maxBytes) {
      throw TextFile.tooLarge(maxBytes);
    }
  }

  private void check(char[] text, int offset, int count) throws TextFault {
    for (int i = offset; i < offset + count; i++) {
      char c = text[i];
      if (c == 0) {
        throw new TextFault(
            "the character U+0000, which no text has", line, "is it a file of text?");
      }
      if (c == '\r' || (c == '\n' && !afterReturn)) {
        line++;
      }
      afterReturn = c == '\r';
    }
  }

  private TextFault undecodable(int length) {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < length; i++) {
      hex.append("%s0x%02X".formatted(i == 0 ? "" : " ", bytes.get(bytes.position() + i)));
    }
    boolean utf8 = charset.equals(StandardCharsets.UTF_8);
    return new TextFault(
        "%s %s at offset %d, which %s not %s%s"
            .formatted(
                length == 1 ? "the byte" : "the bytes",
                hex,
                taken,
                length == 1 ? "is" : "are",
                charset.name(),
                utf8 ? " (Latin-1 text?)" : ""),
        line,
        "save the file as UTF-8");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
