package io.stagemark.report.html;

import io.stagemark.data.Stage;
import io.stagemark.report.SampleRun;
import io.stagemark.report.page.Block;
import io.stagemark.report.page.Section;
import io.stagemark.result.CaseProof;
import io.stagemark.result.CaseResult;
import io.stagemark.result.LoadFigures;
import io.stagemark.result.Operations;
import io.stagemark.result.RunResult;
import io.stagemark.result.StageDetail;
import io.stagemark.result.TrialResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The section of evidence as lines: each row of a table with its headings. */
final class EvidenceTexts {
  private EvidenceTexts() {}

  /** Returns the lines of the part whose summary begins so; nothing where there is none. */
  static List<String> part(RunResult run, Path folder, String summary) throws Exception {
    Optional<Section> section = EvidenceSection.of(RunView.of(run, folder));
    List<String> lines = new ArrayList<>();
    for (Block block : section.map(Section::blocks).orElse(List.of())) {
      if (block instanceof Block.Folded folded && folded.summary().startsWith(summary)) {
        add(lines, folded.blocks());
      }
    }
    return lines;
  }

  private static void add(List<String> lines, List<Block> blocks) {
    for (Block block : blocks) {
      if (block instanceof Block.Table table) {
        lines.add(table.caption());
        table.rows().forEach(row -> lines.add(line(table, row)));
      } else if (block instanceof Block.Code code) {
        lines.add(code.caption());
        lines.add(code.text());
      } else if (block instanceof Block.Commands commands) {
        commands.commands().forEach(command -> lines.add(command.line()));
      } else if (block instanceof Block.Links links) {
        links.links().forEach(link -> lines.add(link.text() + " -> " + link.target()));
      } else if (block instanceof Block.Paragraph paragraph) {
        lines.add(paragraph.text());
      } else if (block instanceof Block.Folded folded) {
        add(lines, folded.blocks());
      }
    }
  }

  private static String line(Block.Table table, Block.Row row) {
    return IntStream.range(0, row.cells().size())
        .mapToObj(c -> table.columns().get(c).title() + ": " + row.cells().get(c).text())
        .collect(Collectors.joining(" | "));
  }

  /** Returns a run with another first case. */
  static RunResult withFirst(RunResult run, CaseResult first) {
    List<CaseResult> cases = new ArrayList<>(run.cases());
    cases.set(0, first);
    return withCases(run, cases);
  }

  static RunResult withCases(RunResult run, List<CaseResult> cases) {
    return SampleRun.with(run, cases);
  }

  /** Returns a case with other parts, of which the absent ones stay. */
  static CaseResult with(
      CaseResult one,
      List<TrialResult> trials,
      Optional<Operations> operations,
      Optional<StageDetail> detail,
      Optional<CaseProof> proof,
      Optional<LoadFigures> load) {
    if (one.stage(Stage.TOTAL.label()).isEmpty() && detail.isPresent()) {
      throw new IllegalArgumentException("a failed case has no detail");
    }
    return new CaseResult(
        one.id(),
        one.key(),
        one.status(),
        new CaseResult.Timed(
            one.timed().stages(),
            one.timed().framesPerSecond(),
            detail.or(() -> one.timed().detail()),
            load.or(() -> one.timed().load()),
            List.of()),
        operations.or(one::operations),
        one.scored(),
        trials,
        proof.or(one::proof));
  }

  /** Returns a case without scores: what it answered is all there is. */
  static CaseResult unscored(CaseResult one) {
    return new CaseResult(
        one.id(),
        one.key(),
        one.status(),
        one.timed(),
        one.operations(),
        new CaseResult.Scored(List.of(), List.of(), one.scored().scoresAgree(), List.of()),
        one.trials(),
        one.proof());
  }
}
