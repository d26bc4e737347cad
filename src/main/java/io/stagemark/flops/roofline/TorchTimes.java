package io.stagemark.flops.roofline;

import io.stagemark.engine.ScriptProfiler.Event;
import io.stagemark.flops.torchscript.CalledOperator;
import io.stagemark.stats.Median;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives the times of libtorch's operators to the calls of the code: the profile shows what ran, but
 * not which line called it. The n-th event of an operator is the n-th call of it.
 */
final class TorchTimes {
  private TorchTimes() {}

  /**
   * What could be placed.
   *
   * @param seconds by the name that the count gives a call, the median over the runs; an operator
   *     with a number of events other than its calls is listed under its own name, such as {@code
   *     aten::mul}
   * @param unplaced those operators
   */
  record PlacedTimes(Map<String, Double> seconds, List<String> unplaced) {}

  static PlacedTimes place(List<CalledOperator> called, List<List<Event>> runs) {
    Map<String, Integer> calls = new HashMap<>();
    called.forEach(call -> calls.merge("aten::" + call.operator(), 1, Integer::sum));
    Map<String, double[]> micros = new LinkedHashMap<>();
    List<String> unplaced = new ArrayList<>();
    for (int run = 0; run < runs.size(); run++) {
      Map<String, Deque<String>> waiting = waiting(called);
      Map<String, Integer> ran = new HashMap<>();
      runs.get(run).forEach(event -> ran.merge(event.operator(), 1, Integer::sum));
      for (Event event : runs.get(run)) {
        String operator = event.operator();
        Deque<String> names = waiting.get(operator);
        boolean same = ran.getOrDefault(operator, 0).intValue() == calls.getOrDefault(operator, -1);
        String name = same && names != null ? names.remove() : operator;
        if (!same && calls.containsKey(operator) && !unplaced.contains(operator)) {
          unplaced.add(operator);
        }
        micros.computeIfAbsent(name, n -> new double[runs.size()])[run] += event.micros();
      }
    }
    Map<String, Double> seconds = new LinkedHashMap<>();
    micros.forEach((name, values) -> seconds.put(name, Median.of(values) * 1e-6));
    return new PlacedTimes(seconds, unplaced);
  }

  private static Map<String, Deque<String>> waiting(List<CalledOperator> called) {
    Map<String, Deque<String>> waiting = new HashMap<>();
    for (CalledOperator call : called) {
      waiting
          .computeIfAbsent("aten::" + call.operator(), name -> new ArrayDeque<>())
          .add(call.where());
    }
    return waiting;
  }
}
