package io.stagemark.dataset.video;

import io.stagemark.data.RegularFile;
import io.stagemark.dataset.video.AviFault.Remedy;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Walks an AVI from chunk to chunk: RIFF with lists {@code hdrl} and {@code movi} (Microsoft, AVI
 * RIFF File Reference), and further RIFF chunks {@code AVIX} (OpenDML AVI 2.0). It reads the
 * headers of chunks and no index: an index may be missing, cut or wrong, the chunks are the video.
 * Its memory does not grow with the file.
 */
final class AviFile implements AutoCloseable {
  private static final String JPEG = "\u00FF\u00D8\u00FF";
  private static final int HEADER_BYTES = 12;
  private static final int CHUNK_BYTES = 8;

  /** Where height and compression are in BITMAPINFOHEADER. */
  private static final int BIT_MAP_BYTES = 20;

  private static final int HEIGHT = 8;
  private static final int COMPRESSION = 16;

  private final FileChannel channel;
  private final long size;
  private final Frames frames;
  private final ByteBuffer header =
      ByteBuffer.allocate(BIT_MAP_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private @Nullable AviStream stream;
  private int streams;
  private long count;
  private boolean wanted = true;

  /** Takes the frames of a video, in order. */
  interface Frames {
    /** Takes one; returns whether the next is wanted too. */
    boolean add(AviStream stream, AviFrame frame) throws AviFault;
  }

  private AviFile(FileChannel channel, long size, Frames frames) {
    this.channel = channel;
    this.size = size;
    this.frames = frames;
  }

  /**
   * Reads the frames of the first video stream, until no more are wanted; the outer chunks are held
   * to the file's end all the same.
   *
   * @return the number of frames seen
   * @throws AviFault if it is no whole AVI of Motion JPEG
   * @throws IOException if it cannot be read
   */
  static long read(Path path, Frames frames) throws IOException {
    long size = RegularFile.size(path); // a pipe would be waited for
    try (AviFile file =
        new AviFile(FileChannel.open(path, StandardOpenOption.READ), size, frames)) {
      file.walk();
      return file.count;
    }
  }

  private void walk() throws IOException {
    bytes(0, (int) Math.min(HEADER_BYTES, size));
    OtherFile.requireAvi(header);
    Chunk riff = chunk(0);
    while (riff.name().equals("RIFF") && riff.start().equals(riff.at() == 0 ? "AVI " : "AVIX")) {
      requireWhole(riff);
      part(riff);
      if (riff.next() + HEADER_BYTES > size) {
        break;
      }
      riff = chunk(riff.next()); // what is no AVIX is none of the video
    }
    if (stream == null) {
      throw new AviFault("an AVI without a video", Remedy.ANOTHER_FILE);
    }
  }

  private void requireWhole(Chunk riff) throws AviFault {
    if (riff.bytes() < 4) {
      throw new AviFault(
          "an AVI whose size was never written: its recording did not end", Remedy.REWRITE);
    }
    if (riff.end() > size) {
      throw new AviFault(
          "cut off after %d bytes: an AVI that ends at byte %d".formatted(size, riff.end()),
          Remedy.REWRITE);
    }
  }

  /** Reads one RIFF chunk of those that the file is made of. */
  private void part(Chunk riff) throws IOException {
    long at = riff.first();
    while (wanted && at + CHUNK_BYTES <= riff.end()) {
      Chunk chunk = within(at, riff.end());
      if (chunk.isList("hdrl")) {
        streams(chunk);
      } else if (chunk.isList("movi")) {
        movie(chunk);
      }
      at = chunk.next();
    }
  }

  /** Reads the list of streams up to the first that is a video. */
  private void streams(Chunk list) throws IOException {
    long at = list.first();
    while (stream == null && at + CHUNK_BYTES <= list.end()) {
      Chunk chunk = within(at, list.end());
      if (chunk.isList("strl")) {
        stream(chunk);
        streams++;
      }
      at = chunk.next();
    }
  }

  private void stream(Chunk list) throws IOException {
    long at = list.first();
    boolean video = false;
    while (at + CHUNK_BYTES <= list.end()) {
      Chunk chunk = within(at, list.end());
      if (chunk.name().equals("strh")) {
        video = chunk.start().equals("vids");
      } else if (chunk.name().equals("strf") && video && chunk.bytes() >= BIT_MAP_BYTES) {
        bytes(chunk.content(), BIT_MAP_BYTES);
        long height = Math.abs((long) header.getInt(HEIGHT));
        stream = new AviStream(streams, text(COMPRESSION, 4), height);
        return;
      }
      at = chunk.next();
    }
  }

  /** Reads the frames of a list {@code movi}; a list {@code rec} in it only groups them. */
  private void movie(Chunk list) throws IOException {
    AviStream own = stream;
    if (own == null) {
      throw new AviFault(
          streams > 0 ? "an AVI without a video" : "damaged: an AVI that describes no stream",
          streams > 0 ? Remedy.ANOTHER_FILE : Remedy.REWRITE);
    }
    long at = list.first();
    while (wanted && at + CHUNK_BYTES <= list.end()) {
      Chunk chunk = within(at, list.end());
      if (own.owns(chunk.name())) {
        frame(own, chunk);
      }
      at = chunk.isList("rec ") ? chunk.first() : chunk.next();
    }
  }

  private void frame(AviStream own, Chunk chunk) throws AviFault {
    if (chunk.bytes() > 0 && !chunk.start().startsWith(JPEG)) {
      throw own.saysMotionJpeg()
          ? new AviFault(
              "damaged: frame %d, at byte %d, is no JPEG".formatted(count, chunk.content()),
              Remedy.ENCODE)
          : new AviFault("an AVI of " + own.codecText(), Remedy.ENCODE);
    }
    wanted = frames.add(own, new AviFrame(count, chunk.content(), chunk.bytes()));
    count++;
  }

  /** Returns the chunk at a place, which ends where what it is in ends, or before. */
  private Chunk within(long at, long end) throws IOException {
    Chunk chunk = chunk(at);
    if (!chunk.isNamed()) {
      throw new AviFault("damaged: no chunk at byte " + at, Remedy.REWRITE);
    }
    if (chunk.end() > end) {
      throw new AviFault(
          "damaged: chunk '%s' at byte %d has %d bytes, and what it is in ends at byte %d"
              .formatted(chunk.name(), at, chunk.bytes(), end),
          Remedy.REWRITE);
    }
    return chunk;
  }

  private Chunk chunk(long at) throws IOException {
    bytes(at, (int) Math.min(HEADER_BYTES, size - at));
    return new Chunk(
        at,
        text(0, 4),
        Integer.toUnsignedLong(header.getInt(4)),
        text(CHUNK_BYTES, header.limit() - CHUNK_BYTES));
  }

  /** Fills the header from a place of the file. */
  private void bytes(long at, int length) throws IOException {
    header.clear().limit(length);
    while (header.hasRemaining()) {
      if (channel.read(header, at + header.position()) < 0) {
        throw new EOFException("it became shorter while it was read");
      }
    }
    header.flip();
  }

  private String text(int at, int length) {
    return new String(header.array(), at, length, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
