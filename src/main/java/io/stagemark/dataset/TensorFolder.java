package io.stagemark.dataset;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of tensors. Each {@code .npy} is an example of a model with one input; each {@code
 * .npz}, and each sub-folder with an {@code INPUT.npy} for every input, is an example of any model.
 * What a file name cannot hold in an input's name is written as {@code _}.
 *
 * <p>For a model that carries a state, an array with one more axis is a sequence: each index of the
 * first axis is an example, and arrays without that axis are the same in every step. Targets are
 * {@code .npy} files of the same stem in a folder of their own, with the axis of the steps first.
 */
final class TensorFolder {
  private final Path folder;
  private final List<TensorSpec> inputs;
  private final boolean sequences;
  private final Optional<Path> targets;
  private final FoundProblems problems = new FoundProblems();

  private TensorFolder(DatasetSettings settings, List<TensorSpec> inputs, boolean sequences) {
    this.folder = settings.path();
    this.targets = settings.truth();
    this.inputs = inputs;
    this.sequences = sequences;
  }

  /**
   * Reads every tensor into memory, so that no file is read while the clock runs.
   *
   * @param inputs the model's, for a batch of 1; empty if no model is known: then nothing is read
   * @param sequences whether a further axis is one of steps
   */
  static List<Example> read(
      DatasetSettings settings, List<TensorSpec> inputs, boolean sequences, FoundNotes notes)
      throws BadInputException {
    TensorFolder tensors = new TensorFolder(settings, inputs, sequences);
    int most = settings.limit().orElse(Integer.MAX_VALUE);
    List<Path> entries = tensors.entries(notes).stream().limit(most).toList();
    List<Example> examples = new ArrayList<>();
    for (Path entry : inputs.isEmpty() ? List.<Path>of() : entries) {
      tensors.example(entry, examples);
    }
    tensors.problems.throwIfAny(settings.path().toString());
    return examples.stream().limit(most).toList();
  }

  /** Returns the name of an input as a file may have it: {@code input:0} is {@code input_0}. */
  static String fileName(String input) {
    return input.replaceAll("[^A-Za-z0-9._-]", "_");
  }

  private List<Path> entries(FoundNotes notes) {
    if (!Files.isDirectory(folder)) { // a pipe would be waited for
      refuse(folder.toString(), "no folder");
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      Map<Boolean, List<Path>> known =
          files
              .filter(file -> !FolderFiles.isCompanion(file))
              .sorted()
              .collect(
                  Collectors.partitioningBy(
                      file ->
                          Files.isDirectory(file)
                              || file.toString().endsWith(".npy")
                              || file.toString().endsWith(".npz")));
      List<Path> entries = known.getOrDefault(true, List.of());
      notes.count(
          String.valueOf(folder.getFileName()),
          "1 file that is neither .npy nor .npz is left out",
          "%d files that are neither .npy nor .npz are left out",
          FolderFiles.names(known.getOrDefault(false, List.of())));
      if (entries.isEmpty()) {
        refuse(folder.toString(), "no .npy, .npz or folder in it");
      }
      return entries;
    } catch (IOException e) {
      refuse(folder.toString(), "no readable folder");
      return List.of();
    }
  }

  private void refuse(String where, String found) {
    problems.add(
        where,
        found,
        "a folder of .npy files, or of .npz files or folders with one array for each input",
        "in Python: numpy.save('data/tensors/first.npy', array)");
  }

  private void example(Path entry, List<Example> examples) {
    try {
      Map<String, Tensor> found = load(entry);
      List<Tensor> tensors = new ArrayList<>();
      Steps steps = new Steps();
      for (TensorSpec input : inputs) {
        Tensor tensor = found.remove(fileName(input.name()));
        if (tensor == null) {
          refuse(entry.toString(), "no array for the model's input '" + input.name() + "'");
        } else if (isSequence(input, tensor.spec())) {
          tensors.add(named(input, tensor));
          steps.see(tensors.get(tensors.size() - 1));
        } else if (fits(entry, input, tensor.spec())) {
          tensors.add(named(input, tensor));
        }
      }
      for (String name : found.keySet()) {
        refuse(entry.toString(), "the array '" + name + "', which is none of the model's inputs");
      }
      if (steps.disagree()) {
        refuse(entry.toString(), "arrays of " + steps.counts() + " steps");
      } else if (tensors.size() == inputs.size()) {
        examples.addAll(steps.examples(entry, tensors, target(entry, steps)));
      }
    } catch (BadInputException e) {
      for (Problem each : e.problems()) {
        problems.add(each.where(), each.found(), each.expected(), each.tryThis());
      }
    } catch (IOException e) {
      refuse(entry.toString(), "unreadable: " + e.getMessage());
    }
  }

  private static Tensor named(TensorSpec input, Tensor tensor) {
    return new Tensor(
        new TensorSpec(input.name(), input.type(), tensor.spec().shape()), tensor.bytes());
  }

  /** Returns the truth of an entry as a whole. */
  private Truth target(Path entry, Steps steps) throws BadInputException {
    if (targets.isEmpty()) {
      return new Truth.Unknown();
    }
    Path file = targets.get().resolve(Steps.stem(entry) + ".npy");
    Tensor values = NpyReader.read(file, "target");
    if (!steps.fitsTarget(values.spec().shape())) {
      problems.add(
          file.toString(),
          values.spec().toString(),
          "one target for each of the " + steps.count() + " steps, on the first axis",
          "in Python: numpy.save(path, speech.astype('uint8'))");
    }
    return new Truth.Target(file, values);
  }

  private boolean isSequence(TensorSpec input, TensorSpec tensor) {
    if (!sequences || tensor.shape().isEmpty() || input.type() != tensor.type()) {
      return false;
    }
    List<Long> step = tensor.shape().subList(1, tensor.shape().size());
    return tensor.shape().get(0) > 0
        && fits(input.shape(), step)
        && !fits(input.shape(), tensor.shape());
  }

  /** Returns the arrays of one example by file name. */
  private Map<String, Tensor> load(Path entry) throws BadInputException, IOException {
    Map<String, Tensor> found = new TreeMap<>();
    if (Files.isDirectory(entry)) {
      try (Stream<Path> files = Files.list(entry)) {
        for (Path file : files.filter(it -> it.toString().endsWith(".npy")).sorted().toList()) {
          String name = String.valueOf(file.getFileName()).replaceFirst("\\.npy$", "");
          found.put(name, NpyReader.read(file, name));
        }
      }
    } else if (entry.toString().endsWith(".npz")) {
      Map<String, Tensor> arrays = NpyReader.readAll(entry);
      arrays.forEach((name, tensor) -> found.put(fileName(name), tensor));
      Tensor unnamed = arrays.size() == 1 && inputs.size() == 1 ? found.remove("arr_0") : null;
      if (unnamed != null) { // numpy.savez(path, array) names it so
        found.put(fileName(inputs.get(0).name()), unnamed);
      }
    } else if (inputs.size() == 1) {
      String name = fileName(inputs.get(0).name());
      found.put(name, NpyReader.read(entry, name));
    } else {
      refuse(entry.toString(), "one array for a model with " + inputs.size() + " inputs");
    }
    return found;
  }

  private boolean fits(Path entry, TensorSpec input, TensorSpec tensor) {
    if (fits(input.shape(), tensor.shape()) && input.type() == tensor.type()) {
      return true;
    }
    problems.add(
        entry.toString(),
        tensor.toString(),
        input
            + (isBatched(input.shape()) ? ", with or without the batch axis" : "")
            + (sequences ? ", or one more axis for the steps of a sequence" : ""),
        "in Python: array.astype('%s').reshape(%s)".formatted(input.type().text(), input.shape()));
    return false;
  }

  private static boolean fits(List<Long> input, List<Long> tensor) {
    return matches(input, tensor)
        || (isBatched(input) && matches(input.subList(1, input.size()), tensor));
  }

  private static boolean isBatched(List<Long> input) {
    return !input.isEmpty() && input.get(0) == 1;
  }

  private static boolean matches(List<Long> expected, List<Long> actual) {
    if (expected.size() != actual.size()) {
      return false;
    }
    for (int i = 0; i < expected.size(); i++) {
      if (expected.get(i) != TensorSpec.DYNAMIC && !expected.get(i).equals(actual.get(i))) {
        return false;
      }
    }
    return true;
  }
}
