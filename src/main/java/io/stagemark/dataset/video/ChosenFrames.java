package io.stagemark.dataset.video;

import static java.util.Locale.ROOT;

import io.stagemark.data.BadInputException;
import io.stagemark.data.FileRange;
import io.stagemark.data.Truth;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.DatasetSettings;
import io.stagemark.dataset.Example;
import io.stagemark.dataset.FoundNotes;
import io.stagemark.dataset.FoundProblems;
import io.stagemark.dataset.HeaderReads;
import io.stagemark.dataset.video.AviFault.Remedy;
import io.stagemark.image.ImageHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Makes examples of the frames that the settings choose, and looks at their JPEGs. */
final class ChosenFrames implements AviFile.Frames {
  /** A picture of 8192x4320 px at the highest quality has half of it. */
  private static final long MAX_BYTES = 64L << 20;

  /** So many damaged frames are enough: the file is not read on. */
  private static final int MAX_DAMAGED = 20;

  private final DatasetSettings settings;
  private final int every;
  private final int most;
  private final HeaderReads reads;
  private final FoundProblems problems = new FoundProblems();
  private final List<Example> examples = new ArrayList<>();
  private String firstDropped = "";
  private long dropped;
  private int damaged;

  /**
   * @param every takes the frames whose number is a multiple of it
   */
  ChosenFrames(DatasetSettings settings, int every) {
    this.settings = settings;
    this.every = every;
    this.most = settings.limit().orElse(Integer.MAX_VALUE);
    this.reads = HeaderReads.of(settings);
  }

  @Override
  public boolean add(AviStream stream, AviFrame frame) {
    if (frame.number() % every == 0) {
      String id = String.format(ROOT, "%s#%06d", settings.name(), frame.number());
      if (frame.bytes() == 0) {
        firstDropped = dropped == 0 ? id : firstDropped;
        dropped++;
      } else {
        FileRange source = new FileRange(settings.path(), frame.offset(), frame.bytes());
        examples.add(checked(new Example(id, source, new Truth.Unknown()), stream));
      }
    }
    return examples.size() < most && damaged < MAX_DAMAGED;
  }

  private Example checked(Example example, AviStream stream) {
    if (!reads.includes(example.id())) {
      return example;
    }
    try {
      ImageHeader header = header(example.source());
      requireAllLines(header, stream);
      return example.with(header);
    } catch (IOException e) {
      damaged++;
      problems.add(
          example.where(),
          String.valueOf(e.getMessage()),
          "a whole JPEG for each frame",
          FfmpegLine.of(Remedy.ENCODE, settings.path()));
      return example;
    }
  }

  /** Of an interlaced video a frame is two JPEGs, and the decoder would show every other line. */
  private static void requireAllLines(ImageHeader header, AviStream stream) throws IOException {
    long lines = header.storedHeightPx();
    if (lines != stream.heightPx() && lines == (stream.heightPx() + 1) / 2) {
      throw new IOException(
          "a JPEG of %s in a video of %d lines: the first of two fields"
              .formatted(header.storedSize(), stream.heightPx()));
    }
  }

  private static ImageHeader header(FileRange source) throws IOException {
    if (source.bytes() > MAX_BYTES) {
      throw new IOException("more than 64 MiB");
    }
    return ImageHeader.readWhole(ByteBuffer.wrap(source.read()));
  }

  /**
   * Returns the examples.
   *
   * @param frames that the file has, as far as it was read
   * @throws AviFault if there is none
   * @throws BadInputException if a frame's JPEG is damaged
   */
  Dataset dataset(long frames) throws AviFault, BadInputException {
    if (examples.isEmpty()) {
      throw new AviFault(
          frames == 0 ? "an AVI without a frame" : "an AVI whose frames have 0 bytes",
          Remedy.ANOTHER_FILE);
    }
    problems.throwIfAny(settings.path().toString());
    FoundNotes notes = new FoundNotes();
    if (dropped > 0) {
      notes.add(
          "%s: dropped frames, which have 0 bytes, are left out: %d, the first is %s"
              .formatted(settings.name(), dropped, firstDropped));
    }
    return new Dataset(settings.name(), examples, notes.list());
  }
}
