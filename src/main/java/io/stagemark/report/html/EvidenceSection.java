package io.stagemark.report.html;

import io.stagemark.data.BadInputException;
import io.stagemark.report.page.Block;
import io.stagemark.report.page.Section;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every figure that the other sections sum up, folded away by subject. */
final class EvidenceSection {
  private EvidenceSection() {}

  /**
   * Returns the section; empty for a run without figures.
   *
   * @throws IOException if a folder cannot be read
   * @throws BadInputException if a file of examples is damaged
   */
  static Optional<Section> of(RunView run) throws IOException, BadInputException {
    Map<String, List<Block>> parts = new LinkedHashMap<>();
    parts.put("Failed trials: the whole reason of each", TrialsEvidence.failures(run));
    parts.put("Precision: what widens the intervals", TimesEvidence.precision(run));
    parts.put("Every percentile of every stage, with its interval", TimesEvidence.stages(run));
    parts.put("Load: what was offered, waits, what a search tried", TimesEvidence.load(run));
    parts.put("Trials: load, warm-up, measured batches, outputs", TrialsEvidence.windows(run));
    parts.put("Trials: steady state, work, clock", TrialsEvidence.proofs(run));
    parts.put("Trials: how far they are apart", TrialsEvidence.variance(run));
    parts.put("Slow batches behind the slowest five", TrialsEvidence.slowest(run));
    parts.put("The machine around and during each trial", MachineEvidence.machine(run));
    parts.put("Causes: what touched the batches", CausesEvidence.of(run));
    parts.put("Processor, switches, page faults", MachineEvidence.processor(run));
    parts.put("Memory and allocation", MachineEvidence.memory(run));
    parts.put("Inside the stages: boxes, sub-stages", StagesEvidence.of(run));
    parts.put("Operations: every count", OperationsEvidence.counts(run));
    parts.put("Roofline: ceilings and operators", OperationsEvidence.roofline(run));
    parts.put("Examples and what was answered", ExamplesEvidence.examples(run));
    parts.put("Pictures of examples", ExamplesEvidence.pictures(run));
    parts.put("Limits, class path, engines' settings", MachineEvidence.settings(run));
    List<Block> blocks = new ArrayList<>();
    parts.forEach((summary, found) -> EvidenceTable.folded(summary, found).ifPresent(blocks::add));
    return blocks.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Section(
                "evidence",
                "Evidence",
                "What are the other sections based on? Each part opens at a click; result.json has"
                    + " every figure.",
                blocks));
  }
}
