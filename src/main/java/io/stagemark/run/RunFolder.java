package io.stagemark.run;

import io.stagemark.report.CaseExamples;
import io.stagemark.report.ResultFiles;
import io.stagemark.report.TrialResult.Measured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A run's folder.
 *
 * <pre>
 *   result.json               the tree of records
 *   samples/CASE-trialN.npy   raw samples; beside them CASE-trialN-load.npy: when batches were due
 *   examples/CASE.json        predictions and truths by example
 *   trials/CASE-trialN/       logs of trials that failed; of the others while the run goes on
 * </pre>
 */
final class RunFolder {
  private final Path path;
  private final List<Path> kept = new ArrayList<>();

  private RunFolder(Path path) {
    this.path = path;
  }

  /** Makes an empty folder; one that a former run left there becomes {@code NAME.previous}. */
  static RunFolder create(Path path) throws IOException {
    if (Files.isRegularFile(path.resolve(ResultFiles.RESULT))) {
      Path previous = path.resolveSibling(path.getFileName() + ".previous");
      if (Files.exists(previous) && !Files.isRegularFile(previous.resolve(ResultFiles.RESULT))) {
        throw new IOException(
            previous + " is in the way and is no run's folder; move it, or choose another output");
      }
      deleteTree(previous);
      Files.move(path, previous);
    }
    Files.createDirectories(path);
    return new RunFolder(path);
  }

  static RunFolder temporary() throws IOException {
    return new RunFolder(Files.createTempDirectory("stagemark"));
  }

  Path path() {
    return path;
  }

  /** Returns the folder of a trial, emptied. */
  Path trial(String caseId, int trial) throws IOException {
    Path folder = path.resolve("trials").resolve(stem(caseId, trial));
    deleteTree(folder);
    return folder;
  }

  /** Keeps a trial's folder for the user to look into, without its temporary files. */
  void keep(Path trialFolder) throws IOException {
    deleteTree(trialFolder.resolve(TrialProcess.TEMPORARY));
    kept.add(trialFolder);
  }

  /** Moves a trial's samples beside the result and returns the figures with their new place. */
  Measured adoptSamples(Measured measured, Path trialFolder) throws IOException {
    String stem = "samples/" + trialFolder.getFileName();
    String name = stem + ".npy";
    Path target = path.resolve(name);
    Files.createDirectories(path.resolve("samples"));
    Files.move(
        trialFolder.resolve(measured.samples()), target, StandardCopyOption.REPLACE_EXISTING);
    Path load = trialFolder.resolve(LoadFile.NAME);
    if (Files.isRegularFile(load)) {
      Files.move(
          load, path.resolve(stem + "-" + LoadFile.NAME), StandardCopyOption.REPLACE_EXISTING);
    }
    return measured.withSamples(name);
  }

  void writeExamples(CaseExamples examples) throws IOException {
    ResultFiles.write(path.resolve(CaseExamples.fileName(examples.caseId())), examples);
  }

  /** Removes the folders of trials that nobody needs to look into. */
  void removeGoodTrials() throws IOException {
    Path trials = path.resolve("trials");
    if (!Files.isDirectory(trials)) {
      return;
    }
    List<Path> folders;
    try (Stream<Path> all = Files.list(trials)) {
      folders = all.filter(folder -> !kept.contains(folder)).toList();
    }
    for (Path folder : folders) {
      deleteTree(folder);
    }
    if (kept.isEmpty()) {
      deleteTree(trials);
    }
  }

  void delete() throws IOException {
    deleteTree(path);
  }

  private static String stem(String caseId, int trial) {
    return CaseExamples.fileStem(caseId) + "-trial" + trial;
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(root)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }
}
