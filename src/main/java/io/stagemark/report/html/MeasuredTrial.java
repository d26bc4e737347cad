package io.stagemark.report.html;

import io.stagemark.report.page.Block.Cell;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Circumstances;
import io.stagemark.result.TrialProof;
import io.stagemark.result.TrialResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A trial with figures.
 *
 * @param label of its case
 * @param index from 1, within its case
 * @param measured its figures
 */
record MeasuredTrial(String label, int index, TrialResult.Measured measured) {

  /** Returns those of a run, in the order of its cases. */
  static List<MeasuredTrial> of(RunView run) {
    List<MeasuredTrial> trials = new ArrayList<>();
    for (int i = 0; i < run.cases().size(); i++) {
      CaseResult one = run.cases().get(i);
      for (TrialResult trial : one.trials()) {
        if (trial.measured().isPresent()) {
          trials.add(new MeasuredTrial(run.labels().get(i), trial.index(), trial.measured().get()));
        }
      }
    }
    return trials;
  }

  Optional<Circumstances> circumstances() {
    return measured.circumstances();
  }

  Optional<TrialProof> proof() {
    return measured.proof();
  }

  /** Returns a row that begins with the case and the trial. */
  List<Cell> row(Cell... cells) {
    List<Cell> row = new ArrayList<>(List.of(Cell.of(label), Cells.count(index)));
    row.addAll(Arrays.asList(cells));
    return row;
  }
}
