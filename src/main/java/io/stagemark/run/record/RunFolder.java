package io.stagemark.run.record;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.data.ScratchTree;
import io.stagemark.data.TemporaryFiles;
import io.stagemark.output.ChildFolders;
import io.stagemark.output.OutputException;
import io.stagemark.output.OutputFolders;
import io.stagemark.output.OutputKind;
import io.stagemark.output.OutputTree;
import io.stagemark.result.RunResult;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.result.file.CaseExamples;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.trial.OperatorPass;
import io.stagemark.trial.TrialOutcome;
import io.stagemark.trial.sample.LoadFile;
import io.stagemark.trial.sample.SampleFile;
import io.stagemark.trial.sample.SizeFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run's folder.
 *
 * <pre>
 *   result.json               the tree of records
 *   samples/CASE-trialN.npy   raw samples; next to them CASE-trialN-load.npy: when batches were due,
 *                             and CASE-trialN-sizes.npy: of which size they were
 *   examples/CASE.json        predictions and truths by example
 *   operations/X.json         every operator of a model's file, or of a case's profiled pass
 *   trials/CASE-trialN/       logs of trials that failed; of every trial until the run is complete
 *   .stagemark                the list of all these; nothing else is ever moved or deleted
 * </pre>
 */
public final class RunFolder {
  private static final String TRIALS = "trials";

  private final OutputTree tree;
  private final List<String> kept = new ArrayList<>();

  /** The folder that each trial has now, by the name that it would have alone. */
  private final Map<String, String> current = new HashMap<>();

  private RunFolder(Path path) {
    this.tree = OutputTree.of(path);
  }

  /**
   * Makes an empty folder; the folder of an earlier run is renamed to {@code NAME.previous}.
   *
   * @throws BadInputException if the folder holds files of the user's
   */
  public static RunFolder create(Path path) throws BadInputException, IOException {
    OutputFolders.moveAside(path, OutputKind.RUN);
    return new RunFolder(path);
  }

  /** Returns whether a run has begun in a folder. */
  public static boolean holdsRun(Path path) {
    return Files.isRegularFile(path.resolve(ResultFiles.RESULT), LinkOption.NOFOLLOW_LINKS);
  }

  /** Returns why a run may not write into a folder. */
  public static List<Problem> problems(Path path, boolean resume) {
    return OutputFolders.problems(path, OutputKind.RUN, resume && holdsRun(path));
  }

  /** Opens the folder of a run that began earlier. */
  public static RunFolder open(Path path) {
    return new RunFolder(path);
  }

  public static RunFolder temporary() throws IOException {
    return new RunFolder(TemporaryFiles.folder("stagemark"));
  }

  public Path path() {
    return tree.path();
  }

  /** Returns the folder of a trial. */
  public Path trial(String caseId, int trial) throws OutputException {
    String name = name(caseId, trial);
    List<String> all = folders(name);
    String last = all.isEmpty() ? name : all.get(all.size() - 1);
    return file(current.getOrDefault(name, last));
  }

  /** Returns a new and empty folder for a trial; what an earlier attempt left is deleted. */
  public Path freshTrial(String caseId, int trial) throws IOException {
    String name = name(caseId, trial);
    for (String former : folders(name)) {
      children().delete(former);
    }
    String made = children().make(name);
    current.put(name, made);
    return file(made);
  }

  /** The folders that were made for a trial: one whose process was killed may be in use still. */
  private List<String> folders(String name) throws OutputException {
    return children().names().stream()
        .filter(each -> each.startsWith(name))
        .filter(each -> each.substring(name.length()).matches("(-\\d+)?"))
        .toList();
  }

  /**
   * Returns the outcome of a trial that has figures and samples. A trial writes its outcome last
   * and at once: a trial with an outcome is whole.
   */
  public Optional<TrialOutcome> whole(String caseId, int trial) throws IOException {
    String name = name(caseId, trial);
    for (String each : folders(name)) {
      Path file = file(each).resolve(TrialOutcome.FILE);
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        TrialOutcome outcome = ResultFiles.read(file, TrialOutcome.class);
        boolean samples =
            Files.isRegularFile(file(each).resolve(SampleFile.NAME))
                || Files.isRegularFile(file(sampleName(caseId, trial)));
        if (outcome.measured().isPresent() && samples) {
          current.put(name, each);
          return Optional.of(outcome);
        }
      }
    }
    return Optional.empty();
  }

  /** Removes what a trial's engine has unpacked, and lists what the trial wrote. */
  public void endTrial(String caseId, int trial) throws IOException {
    String name = name(caseId, trial);
    for (String each : folders(name)) {
      children().close(each);
    }
  }

  /** Keeps a trial's folder for the user to look into. */
  public void keep(Path trialFolder) {
    kept.add(TRIALS + "/" + trialFolder.getFileName());
  }

  /**
   * Moves a trial's samples next to the result, unless an earlier run has done so, and returns the
   * figures with the new file name.
   */
  public Measured adoptSamples(Measured measured, Path trialFolder, String caseId, int trial)
      throws IOException {
    String name = sampleName(caseId, trial);
    adopt(trialFolder.resolve(measured.samples()), name);
    adopt(trialFolder.resolve(LoadFile.NAME), LoadFile.beside(name));
    adopt(trialFolder.resolve(SizeFile.NAME), SizeFile.beside(name));
    return measured.withSamples(name);
  }

  private void adopt(Path source, String name) throws IOException {
    if (Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)) {
      tree.take(source, name);
    }
  }

  public Path file(String name) {
    return tree.path().resolve(name);
  }

  private static String sampleName(String caseId, int trial) {
    return "samples/" + stem(caseId, trial) + ".npy";
  }

  /** Moves the file of an operator pass next to the result and returns its new name. */
  public String adoptOperators(String caseId, Path passFolder) throws IOException {
    String name = "operations/" + CaseExamples.fileStem(caseId) + ".json";
    tree.take(passFolder.resolve(OperatorPass.FILE), name);
    return name;
  }

  /** Writes a text file; {@code name} may have folders in it. */
  public void writeText(String name, String text) throws IOException {
    tree.write(name, text);
  }

  void writeResult(RunResult result) throws IOException {
    ResultFiles.write(tree, ResultFiles.RESULT, result);
  }

  public void writeExamples(CaseExamples examples) throws IOException {
    ResultFiles.write(
        tree, CaseExamples.fileName(examples.caseId()), examples.portable(tree.path()));
  }

  /**
   * Removes the folders of trials that nobody needs to look into.
   *
   * @return those that could not be removed, since they hold files of the user's
   */
  public List<String> removeGoodTrials() throws IOException {
    for (String each : children().names()) {
      if (!kept.contains(each)) {
        children().delete(each);
      }
    }
    if (children().removeParent(TRIALS)) {
      return List.of();
    }
    return children().names().stream().filter(each -> !kept.contains(each)).toList();
  }

  /** Deletes a temporary folder. */
  public void delete() throws IOException {
    ScratchTree.delete(tree.path());
  }

  /** Returns what ended a run that had begun, in words for the user, and what is kept of it. */
  public IOException ended(Exception cause) {
    OutputException why;
    if (cause instanceof OutputException known) {
      why = known;
    } else if (cause instanceof BadInputException unreadable) {
      Problem problem = unreadable.problems().get(0);
      why = tree.failed("cannot go on", new IOException(problem.where() + ": " + problem.found()));
    } else if (cause instanceof FileSystemException refused) {
      why = tree.failed(refused.getFile() + " cannot be written or read", refused);
    } else {
      why = tree.failed("cannot go on", (IOException) cause);
    }
    try {
      tree.checkUnchanged();
    } catch (OutputException gone) {
      return why;
    }
    return holdsRun(path())
        ? new OutputException(
            why, "what was measured before is in its result.json, and --resume goes on from there")
        : why;
  }

  private ChildFolders children() {
    return tree.children();
  }

  private static String name(String caseId, int trial) {
    return TRIALS + "/" + stem(caseId, trial);
  }

  private static String stem(String caseId, int trial) {
    return CaseExamples.fileStem(caseId) + "-trial" + trial;
  }
}
