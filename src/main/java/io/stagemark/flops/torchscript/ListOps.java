package io.stagemark.flops.torchscript;

import io.stagemark.flops.onnx.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Operators on lists, dictionaries and strings. */
final class ListOps {
  private ListOps() {}

  @SuppressWarnings("unchecked")
  private static List<@Nullable Object> list(Arguments a) {
    Object found = a.get(0);
    if (found instanceof ScriptTuple tuple) {
      return tuple.items();
    }
    if (!(found instanceof List<?>)) {
      throw a.misfit("a list", found);
    }
    return (List<@Nullable Object>) found;
  }

  @SuppressWarnings("unchecked")
  private static Map<@Nullable Object, @Nullable Object> map(Arguments a) {
    if (!(a.get(0) instanceof Map<?, ?> found)) {
      throw a.misfit("a dictionary", a.get(0));
    }
    return (Map<@Nullable Object, @Nullable Object>) found;
  }

  static void register(Map<String, Operator> ops) {
    registerChanges(ops);
    registerReads(ops);
    registerDictionaries(ops);
    List.of("warn", "print", "Print").forEach(name -> ops.put(name, a -> null));
  }

  /** A change to the list that the first argument is. */
  private interface Change {
    void to(List<@Nullable Object> list, Arguments arguments);
  }

  private static void changing(Map<String, Operator> ops, String name, Change change) {
    ops.put(
        name,
        a -> {
          List<@Nullable Object> list = list(a);
          change.to(list, a);
          return ScalarOps.bounded(list);
        });
  }

  private static void registerChanges(Map<String, Operator> ops) {
    changing(ops, "append", (list, a) -> list.add(a.get(1)));
    changing(ops, "extend", (list, a) -> list.addAll(a.items(1)));
    changing(ops, "insert", (list, a) -> list.add((int) a.integer(1), a.get(2)));
    changing(ops, "clear", (list, a) -> list.clear());
    ops.put("pop", a -> list(a).remove((int) a.integer(1, "idx", list(a).size() - 1)));
    ops.put("_set_item", ListOps::setItem);
  }

  private static void registerReads(Map<String, Operator> ops) {
    ScalarOps.either(ops, "copy", a -> new ArrayList<>(a.items(0)));
    ScalarOps.either(ops, "sum", ListOps::sum);
    ScalarOps.either(ops, "all", a -> a.items(0).stream().allMatch(Boolean.TRUE::equals));
    ScalarOps.either(ops, "any", a -> a.items(0).stream().anyMatch(Boolean.TRUE::equals));
    ops.put("list", ListOps::copied);
    ops.put("len", ListOps::length);
    ops.put("__getitem__", a -> list(a).get(position(a)));
    ops.put("__contains__", ListOps::contains);
    ops.put("slice", ListOps::slice);
    ops.put("split", a -> a.isTensor(0) ? MoveOps.split(a) : words(a));
    ops.put("format", a -> a.text(0, "", ""));
    ops.put("find", a -> (long) a.text(0, "", "").indexOf(a.text(1, "", "")));
  }

  private static void registerDictionaries(Map<String, Operator> ops) {
    ops.put("dict", a -> new LinkedHashMap<@Nullable Object, @Nullable Object>());
    ops.put("keys", a -> new ArrayList<>(map(a).keySet()));
    ops.put("values", a -> new ArrayList<>(map(a).values()));
    ops.put("items", ListOps::entries);
  }

  private static Object copied(Arguments a) {
    if (a.get(0) instanceof String text) {
      return new ArrayList<>(text.chars().mapToObj(Character::toString).toList());
    }
    return new ArrayList<>(list(a));
  }

  private static int position(Arguments a) {
    long index = a.integer(1);
    return (int) (index < 0 ? index + list(a).size() : index);
  }

  private static Object words(Arguments a) {
    String separator = Pattern.quote(a.text(1, "", " "));
    return new ArrayList<>(Arrays.asList(a.text(0, "", "").split(separator, -1)));
  }

  private static Object entries(Arguments a) {
    List<@Nullable Object> all = new ArrayList<>();
    map(a).forEach((key, value) -> all.add(ScriptTuple.of(Arrays.asList(key, value))));
    return all;
  }

  private static Object sum(Arguments a) {
    boolean whole = a.items(0).stream().allMatch(Long.class::isInstance);
    double sum = 0;
    for (Object item : a.items(0)) {
      sum += item instanceof Number number ? number.doubleValue() : 0;
    }
    return whole ? (Object) (long) sum : (Object) sum;
  }

  private static Object length(Arguments a) {
    Object found = a.get(0);
    if (found instanceof String text) {
      return (long) text.length();
    }
    if (found instanceof Map<?, ?> map) {
      return (long) map.size();
    }
    return found instanceof Value value ? value.extent(0) : Long.valueOf(list(a).size());
  }

  private static @Nullable Object setItem(Arguments a) {
    if (a.get(0) instanceof Map<?, ?>) {
      map(a).put(a.get(1), a.get(2));
    } else {
      list(a).set((int) a.integer(1), a.get(2));
    }
    return a.get(0);
  }

  private static Object contains(Arguments a) {
    if (a.get(0) instanceof Map<?, ?> map) {
      return map.containsKey(a.get(1));
    }
    if (a.get(0) instanceof String text) {
      return text.contains(a.text(1, "", ""));
    }
    return list(a).stream().anyMatch(item -> ScalarOps.equal(item, a.get(1)));
  }

  /** Of a tensor: x, dim, start, end, step; of a list: x, start, end, step. */
  private static Object slice(Arguments a) {
    if (a.get(0) instanceof Value x) {
      int at = MoveOps.axis(a.integer(1, "dim", 0), x.rank());
      long[] ends = ends(a, 2, x.extent(at));
      List<Long> shape = new ArrayList<>(x.shape());
      shape.set(at, Math.max(0, (ends[1] - ends[0] + ends[2] - 1) / ends[2]));
      return x.viewedAs(shape).forgetful();
    }
    boolean isText = a.get(0) instanceof String;
    long length = isText ? a.text(0, "", "").length() : list(a).size();
    long[] ends = ends(a, 1, length);
    if (isText) {
      return a.text(0, "", "").substring((int) ends[0], (int) Math.max(ends[0], ends[1]));
    }
    List<@Nullable Object> result = new ArrayList<>();
    for (long i = ends[0]; i < ends[1]; i += ends[2]) {
      result.add(list(a).get((int) i));
    }
    return result;
  }

  private static long[] ends(Arguments a, int first, long extent) {
    long start = a.integer(first, "start", 0);
    long end = a.integer(first + 1, "end", Long.MAX_VALUE);
    long step = Math.max(1, a.integer(first + 2, "step", 1));
    long from = Math.max(0, Math.min(start < 0 ? start + extent : start, extent));
    long to = Math.max(0, Math.min(end < 0 ? end + extent : end, extent));
    return new long[] {from, Math.max(from, to), step};
  }
}
