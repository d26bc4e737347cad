package io.stagemark.dataset;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An entry of a folder of tensors: a {@code .npy} of a model with one input, a {@code .npz}, or a
 * folder with a {@code .npy} for each input.
 *
 * @param path of it
 * @param inputs the model's, for a batch of 1
 */
record TensorEntry(Path path, List<TensorSpec> inputs) {

  /** Returns the name of an input as a file may have it: {@code input:0} is {@code input_0}. */
  static String fileName(String input) {
    return input.replaceAll("[^A-Za-z0-9._-]", "_");
  }

  /**
   * Reads every array.
   *
   * @return by the name of its file; empty for one array where the model has several inputs
   */
  Map<String, Tensor> read() throws BadInputException, IOException {
    Map<String, Tensor> found = new TreeMap<>();
    if (path.toString().endsWith(".npz")) {
      Map<String, Tensor> arrays = NpyReader.readAll(path);
      arrays.forEach((name, tensor) -> found.put(fileName(name), tensor));
      Tensor unnamed = arrays.size() == 1 && inputs.size() == 1 ? found.remove("arr_0") : null;
      if (unnamed != null) { // numpy.savez(path, array) names it so
        found.put(fileName(inputs.get(0).name()), unnamed);
      }
      return found;
    }
    for (Map.Entry<String, Path> file : files().entrySet()) {
      found.put(file.getKey(), NpyReader.read(file.getValue(), file.getKey()));
    }
    return found;
  }

  /**
   * Reads what every array is. The elements of an archive are read with it: where they begin is
   * known only then.
   *
   * @return as {@link #read} does
   */
  Map<String, TensorSpec> specs() throws BadInputException, IOException {
    Map<String, TensorSpec> found = new TreeMap<>();
    if (path.toString().endsWith(".npz")) {
      read().forEach((name, tensor) -> found.put(name, tensor.spec()));
      return found;
    }
    for (Map.Entry<String, Path> file : files().entrySet()) {
      found.put(file.getKey(), NpyReader.spec(file.getValue(), file.getKey()));
    }
    return found;
  }

  private Map<String, Path> files() throws IOException {
    Map<String, Path> files = new TreeMap<>();
    if (Files.isDirectory(path)) {
      try (Stream<Path> all = Files.list(path)) {
        all.filter(file -> file.toString().endsWith(".npy"))
            .forEach(file -> files.put(TensorFolder.stem(file), file));
      }
    } else if (inputs.size() == 1) {
      files.put(fileName(inputs.get(0).name()), path);
    }
    return files;
  }

  /**
   * Reads an array for each input, in their order and under their names, of an entry that was
   * looked at before.
   *
   * @throws IOException if it is not what it was
   */
  List<Tensor> tensors() throws IOException {
    try {
      Map<String, Tensor> found = read();
      List<Tensor> tensors = new ArrayList<>();
      for (TensorSpec input : inputs) {
        Tensor tensor = found.get(fileName(input.name()));
        if (tensor == null) {
          throw new IOException(path + ": no array for the model's input '" + input.name() + "'");
        }
        tensors.add(new Tensor(named(input, tensor.spec()), tensor.bytes()));
      }
      return tensors;
    } catch (BadInputException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Returns what an array becomes as an input. */
  static TensorSpec named(TensorSpec input, TensorSpec array) {
    return new TensorSpec(input.name(), input.type(), array.shape());
  }
}
