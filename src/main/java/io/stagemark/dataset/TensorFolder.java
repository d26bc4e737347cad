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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final Set<String> chosen;
  private final boolean listed;
  private final LastRead<List<Tensor>> lastTensors = new LastRead<>();
  private final LastRead<Tensor> lastTarget = new LastRead<>();
  private final FoundProblems problems = new FoundProblems();

  private TensorFolder(DatasetSettings settings, List<TensorSpec> inputs, boolean sequences) {
    this.folder = settings.path();
    this.targets = settings.truth();
    this.inputs = inputs;
    this.sequences = sequences;
    this.listed = HeaderReads.of(settings).isNone();
    this.chosen = new HashSet<>();
    for (String id : settings.only()) { // talk#0007 is of the entry talk
      chosen.add(id);
      chosen.add(id.replaceFirst("#[0-9]+$", ""));
    }
  }

  /**
   * Reads every tensor of the chosen examples once, to find what is wrong with it, and keeps none:
   * an example reads its own when it is asked for them. Of other entries the headers are read, and
   * only if they say how many examples there are.
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

  /** Returns a file's or folder's name without the ending of an array. */
  static String stem(Path entry) {
    return String.valueOf(entry.getFileName()).replaceFirst("\\.np[yz]$", "");
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
    TensorEntry arrays = new TensorEntry(entry, inputs);
    Steps steps = new Steps(lastTensors, lastTarget);
    boolean looked =
        !listed && (chosen.isEmpty() || chosen.contains(String.valueOf(entry.getFileName())));
    if (!looked && !sequences) {
      examples.addAll(steps.examples(entry, arrays::tensors, target(entry)));
      return;
    }
    try {
      if (fits(entry, looked ? specs(arrays.read()) : arrays.specs(), steps)) {
        Truth target = target(entry);
        if (looked && target instanceof Truth.Target whole) {
          check(whole, steps);
        }
        examples.addAll(steps.examples(entry, arrays::tensors, target));
      }
    } catch (BadInputException e) {
      for (Problem each : e.problems()) {
        problems.add(each.where(), each.found(), each.expected(), each.tryThis());
      }
    } catch (IOException e) {
      refuse(entry.toString(), "unreadable: " + e.getMessage());
    }
  }

  private static Map<String, TensorSpec> specs(Map<String, Tensor> arrays) {
    Map<String, TensorSpec> specs = new TreeMap<>();
    arrays.forEach((name, tensor) -> specs.put(name, tensor.spec()));
    return specs;
  }

  /** Returns whether the arrays of an entry are one for each input; what is wrong is a problem. */
  private boolean fits(Path entry, Map<String, TensorSpec> arrays, Steps steps) {
    if (arrays.isEmpty() && !Files.isDirectory(entry) && inputs.size() > 1) {
      refuse(entry.toString(), "one array for a model with " + inputs.size() + " inputs");
    }
    Map<String, TensorSpec> found = new TreeMap<>(arrays);
    int fit = 0;
    for (TensorSpec input : inputs) {
      TensorSpec array = found.remove(TensorEntry.fileName(input.name()));
      if (array == null) {
        refuse(entry.toString(), "no array for the model's input '" + input.name() + "'");
      } else if (isSequence(input, array)) {
        steps.see(TensorEntry.named(input, array));
        fit++;
      } else if (fits(entry, input, array)) {
        fit++;
      }
    }
    for (String name : found.keySet()) {
      refuse(entry.toString(), "the array '" + name + "', which is none of the model's inputs");
    }
    if (steps.disagree()) {
      refuse(entry.toString(), "arrays of " + steps.counts() + " steps");
      return false;
    }
    return fit == inputs.size();
  }

  /** Returns the truth of an entry as a whole. */
  private Truth target(Path entry) {
    if (targets.isEmpty()) {
      return new Truth.Unknown();
    }
    return ImageTargets.stored(targets.get().resolve(stem(entry) + ".npy"));
  }

  private void check(Truth.Target target, Steps steps) throws BadInputException {
    TensorSpec values = NpyReader.read(target.file(), "target").spec();
    if (!steps.fitsTarget(values.shape())) {
      problems.add(
          target.file().toString(),
          values.toString(),
          "one target for each of the " + steps.count() + " steps, on the first axis",
          "in Python: numpy.save(path, speech.astype('uint8'))");
    }
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
