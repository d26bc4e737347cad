package io.stagemark.report.html;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.util.List;
import java.util.Set;

/** The rules of axe for pages that everyone can use, on the page that a browser shows. */
public final class Axe {
  private Axe() {}

  /**
   * Returns the faults that are serious or critical, each with its elements.
   *
   * @param scheme the page is in: in the dark one the colours alone are new
   */
  public static List<String> seriousFaults(Chromium chromium, String scheme) {
    AxeRunOptions options = new AxeRunOptions();
    options.setResultTypes(List.of("violations")); // not each of the thousands that pass
    AxeBuilder axe = new AxeBuilder().withOptions(options);
    if (scheme.equals("dark")) {
      axe.withOnlyRules(List.of("color-contrast"));
    }
    return axe.analyze(chromium.driver()).getViolations().stream()
        .filter(rule -> Set.of("serious", "critical").contains(rule.getImpact()))
        .map(rule -> rule.getId() + " " + rule.getNodes())
        .toList();
  }
}
