package io.stagemark.score;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.data.Tensor;
import io.stagemark.dataset.NpyReader;
import io.stagemark.scoring.ScoreTensor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads {@code .npy} and {@code .npz} files as the numbers that scores take. */
public final class SavedArray {
  private SavedArray() {}

  /** Returns the predictions in a file: its only array, or the one of that name. */
  static ScoreTensor predictions(Path file) throws BadInputException {
    return numbers(file, "predictions");
  }

  /** Returns the truth in a file: its only array, or the one of that name. */
  static ScoreTensor truth(Path file) throws BadInputException {
    return numbers(file, "truth");
  }

  private static Tensor one(Path file, String name) throws BadInputException {
    if (!file.toString().endsWith(".npz")) {
      return NpyReader.read(file, file.toString());
    }
    Map<String, Tensor> arrays = NpyReader.readAll(file);
    Tensor named = arrays.get(name);
    if (named != null) {
      return named;
    }
    if (arrays.size() == 1) {
      return arrays.values().iterator().next();
    }
    throw new BadInputException(
        new Problem(
            file.toString(),
            arrays.isEmpty() ? "no array" : "the arrays " + String.join(", ", arrays.keySet()),
            "one array, or one with the name '" + name + "'",
            "in Python: numpy.savez(path, %s=array)".formatted(name)));
  }

  /**
   * Returns the numbers of a file: float32 stays float32, every other type becomes double.
   *
   * @param name of the array that is meant where an archive has several
   */
  public static ScoreTensor numbers(Path file, String name) throws BadInputException {
    Tensor tensor = one(file, name);
    int[] shape = tensor.spec().shape().stream().mapToInt(Math::toIntExact).toArray();
    int size = Math.toIntExact(tensor.spec().elements());
    ByteBuffer bytes = tensor.bytes();
    return switch (tensor.spec().type()) {
      case FLOAT32 -> {
        float[] floats = new float[size];
        bytes.asFloatBuffer().get(floats);
        yield ScoreTensor.of(floats, shape);
      }
      case FLOAT64 -> {
        double[] doubles = new double[size];
        bytes.asDoubleBuffer().get(doubles);
        yield ScoreTensor.of(doubles, shape);
      }
      default -> {
        double[] doubles = new double[size];
        for (int i = 0; i < size; i++) {
          doubles[i] = tensor.number(i);
        }
        yield ScoreTensor.of(doubles, shape);
      }
    };
  }

  /** Returns what went wrong with two files that were read, as a user's problem. */
  static BadInputException unfit(
      Path predictions, Path truth, String found, List<String> expected) {
    return new BadInputException(
        new Problem(
            predictions + " and " + truth,
            found,
            String.join("; ", expected),
            "in Python: print the shapes and the range of both arrays"));
  }
}
