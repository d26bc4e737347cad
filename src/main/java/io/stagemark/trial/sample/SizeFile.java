package io.stagemark.trial.sample;

import io.stagemark.data.BadInputException;
import io.stagemark.data.ElementType;
import io.stagemark.data.ImageSize;
import io.stagemark.data.Problem;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.NpyReader;
import io.stagemark.dataset.NpyWriter;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The size of the image input in each batch of a trial whose images give it, as a NumPy array next
 * to its samples: int64, one row a batch in the order of the samples' rows, the columns example
 * (its index in the data set), width, height; in pixels.
 */
public final class SizeFile {
  /** The sizes, in the trial's folder. */
  public static final String NAME = "sizes.npy";

  private static final int COLUMNS = 3;

  private SizeFile() {}

  /**
   * The size of one batch.
   *
   * @param example its index in the data set
   */
  public record Row(int example, ImageSize size) {}

  /** Returns the sizes' file next to a trial's samples. */
  public static String beside(String samples) {
    return samples.replaceFirst("\\.npy$", "-" + NAME);
  }

  public static void write(Path file, List<Row> batches) throws IOException {
    Tensor rows =
        Tensor.allocate(
            new TensorSpec(
                "sizes", ElementType.INT64, List.of((long) batches.size(), (long) COLUMNS)));
    int at = 0;
    for (Row row : batches) {
      rows.longs().put(at++, row.example());
      rows.longs().put(at++, row.size().widthPx());
      rows.longs().put(at++, row.size().heightPx());
    }
    NpyWriter.write(file, rows);
  }

  /**
   * Reads the file.
   *
   * @throws BadInputException if it is cut off or no such array
   */
  public static List<Row> read(Path file) throws BadInputException {
    Tensor rows = NpyReader.read(file, "sizes");
    List<Long> shape = rows.spec().shape();
    if (rows.spec().type() != ElementType.INT64 || shape.size() != 2 || shape.get(1) != COLUMNS) {
      throw bad(file, "an array of %s, shape %s".formatted(rows.spec().type(), shape));
    }
    LongBuffer values = rows.longs();
    List<Row> batches = new ArrayList<>();
    for (int at = 0; at < values.capacity(); at += COLUMNS) {
      long example = values.get(at);
      long width = values.get(at + 1);
      long height = values.get(at + 2);
      if (!isSide(width) || !isSide(height) || example < 0 || example > Integer.MAX_VALUE) {
        throw bad(file, "example %d of %dx%d px".formatted(example, width, height));
      }
      batches.add(new Row((int) example, new ImageSize((int) width, (int) height)));
    }
    return batches;
  }

  private static boolean isSide(long px) {
    return px >= 1 && px <= Integer.MAX_VALUE;
  }

  private static BadInputException bad(Path file, String found) {
    return new BadInputException(
        new Problem(
            file.toString(),
            found,
            "the sizes of a trial's batches: int64, the columns example, width, height",
            "run the config again"));
  }
}
