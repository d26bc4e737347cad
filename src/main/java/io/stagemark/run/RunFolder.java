package io.stagemark.run;

import io.stagemark.data.TemporaryFiles;
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
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A run's folder.
 *
 * <pre>
 *   result.json               the tree of records
 *   samples/CASE-trialN.npy   raw samples; beside them CASE-trialN-load.npy: when batches were due
 *   examples/CASE.json        predictions and truths by example
 *   operations/X.json         every operator of a model's file, or of a case's profiled pass
 *   trials/CASE-trialN/       logs of trials that failed; of every trial until the run is complete
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
    FormerFolder.moveAside(path, RunFolder::holdsRun);
    Files.createDirectories(path);
    return new RunFolder(path);
  }

  /** Returns whether a run has begun in a folder. */
  static boolean holdsRun(Path path) {
    return Files.isRegularFile(path.resolve(ResultFiles.RESULT));
  }

  /** Opens the folder of a run that began earlier. */
  static RunFolder open(Path path) {
    return new RunFolder(path);
  }

  static RunFolder temporary() throws IOException {
    return new RunFolder(TemporaryFiles.folder("stagemark"));
  }

  Path path() {
    return path;
  }

  /** Returns the folder of a trial. */
  Path trial(String caseId, int trial) {
    return path.resolve("trials").resolve(stem(caseId, trial));
  }

  /** Returns the folder of a trial, emptied. */
  Path freshTrial(String caseId, int trial) throws IOException {
    Path folder = trial(caseId, trial);
    deleteTree(folder);
    return folder;
  }

  /**
   * Returns the outcome of a trial that has figures and samples. The outcome is what a trial writes
   * last, all at once: where it stands, the trial is whole.
   */
  Optional<TrialOutcome> whole(String caseId, int trial) throws IOException {
    Path folder = trial(caseId, trial);
    Path file = folder.resolve(TrialOutcome.FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    TrialOutcome outcome = ResultFiles.read(file, TrialOutcome.class);
    boolean samples =
        Files.isRegularFile(folder.resolve(SampleFile.NAME))
            || Files.isRegularFile(path.resolve(sampleName(folder)));
    return outcome.measured().isPresent() && samples ? Optional.of(outcome) : Optional.empty();
  }

  /** Removes what a trial's engine has unpacked. */
  void removeTemporary(Path trialFolder) throws IOException {
    deleteTree(trialFolder.resolve(TrialProcess.TEMPORARY));
  }

  /** Keeps a trial's folder for the user to look into. */
  void keep(Path trialFolder) {
    kept.add(trialFolder);
  }

  /**
   * Moves a trial's samples beside the result, unless a former run has done so, and returns the
   * figures with their new place.
   */
  Measured adoptSamples(Measured measured, Path trialFolder) throws IOException {
    String name = sampleName(trialFolder);
    Files.createDirectories(path.resolve("samples"));
    adopt(trialFolder.resolve(measured.samples()), path.resolve(name));
    adopt(trialFolder.resolve(LoadFile.NAME), path.resolve(LoadFile.beside(name)));
    return measured.withSamples(name);
  }

  private static void adopt(Path source, Path target) throws IOException {
    if (Files.isRegularFile(source)) {
      Files.move(source, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  Path file(String name) {
    return path.resolve(name);
  }

  private static String sampleName(Path trialFolder) {
    return "samples/" + trialFolder.getFileName() + ".npy";
  }

  /** Moves what an operator pass saw beside the result and returns its new place. */
  String adoptOperators(String caseId, Path passFolder) throws IOException {
    String name = "operations/" + CaseExamples.fileStem(caseId) + ".json";
    Files.createDirectories(path.resolve("operations"));
    Files.move(
        passFolder.resolve(OperatorPass.FILE),
        path.resolve(name),
        StandardCopyOption.REPLACE_EXISTING);
    return name;
  }

  /** Writes a text file; {@code name} may have folders in it. */
  void writeText(String name, String text) throws IOException {
    Path file = path.resolve(name);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, text);
  }

  void writeExamples(CaseExamples examples) throws IOException {
    ResultFiles.write(
        path.resolve(CaseExamples.fileName(examples.caseId())), examples.portable(path));
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

  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(root)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.deleteIfExists(file); // a child that lost its parent may be deleting its own
    }
  }
}
