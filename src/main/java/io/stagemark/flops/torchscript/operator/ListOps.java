package io.stagemark.flops.torchscript.operator;

import static io.stagemark.flops.torchscript.operator.Operator.checked;

import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.script.ScriptFault;
import io.stagemark.flops.torchscript.value.Arguments;
import io.stagemark.flops.torchscript.value.Known;
import io.stagemark.flops.torchscript.value.ScriptRange;
import io.stagemark.flops.torchscript.value.ScriptTuple;
import io.stagemark.flops.torchscript.value.ScriptValues;
import io.stagemark.flops.torchscript.value.Unknown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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

  static void register(OperatorTable<Operator> ops) {
    registerChanges(ops);
    registerReads(ops);
    registerDictionaries(ops);
    List.of("warn", "print", "Print").forEach(name -> ops.put(name, a -> null));
  }

  /** A change to the list that the first argument is. */
  private interface ListChange {
    void to(List<@Nullable Object> list, Arguments arguments);
  }

  private static void changing(OperatorTable<Operator> ops, String name, ListChange change) {
    ops.put(
        name,
        a -> {
          List<@Nullable Object> list = list(a);
          change.to(list, a);
          return ListArithmetic.bounded(list);
        });
  }

  private static void registerChanges(OperatorTable<Operator> ops) {
    changing(ops, "append", (list, a) -> list.add(a.get(1)));
    changing(ops, "extend", (list, a) -> list.addAll(a.items(1)));
    changing(ops, "insert", ListOps::insert);
    ops.put("clear", ListOps::clear);
    ops.put("pop", ListOps::pop);
    ops.put("Delete", ListOps::delete);
    changing(ops, "reverse", (list, a) -> Collections.reverse(list));
    ops.put("sorted", ListOps::sorted);
    ops.put("_set_item", ListOps::setItem);
  }

  private static void insert(List<@Nullable Object> list, Arguments a) {
    long index = a.integer(1);
    long at = Math.max(0, Math.min(index < 0 ? index + list.size() : index, list.size()));
    list.add((int) at, a.get(2));
  }

  private static @Nullable Object clear(Arguments a) {
    if (a.get(0) instanceof Map<?, ?>) {
      map(a).clear();
    } else {
      list(a).clear();
    }
    return a.get(0);
  }

  private static @Nullable Object pop(Arguments a) {
    if (a.get(0) instanceof Map<?, ?>) {
      Object key = ScriptValues.key(a.get(1));
      return map(a).containsKey(key) || a.count() < 3 ? map(a).remove(key) : a.get(2);
    }
    List<@Nullable Object> list = list(a);
    return list.remove(ScriptValues.index(a.integer(1, "idx", -1), list.size(), a.where()));
  }

  private static @Nullable Object delete(Arguments a) {
    pop(a);
    return a.get(0);
  }

  private static Object sorted(Arguments a) {
    List<@Nullable Object> items = new ArrayList<>(list(a));
    items.sort((left, right) -> order(left, right));
    if (a.get(1) instanceof Boolean reversed && reversed) {
      Collections.reverse(items);
    }
    return items;
  }

  private static int order(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Number a && right instanceof Number b) {
      return Double.compare(a.doubleValue(), b.doubleValue());
    }
    return String.valueOf(left).compareTo(String.valueOf(right));
  }

  private static void registerReads(OperatorTable<Operator> ops) {
    ScalarOps.either(
        ops,
        "copy",
        a ->
            a.get(0) instanceof Map<?, ?>
                ? new LinkedHashMap<>(map(a))
                : new ArrayList<>(a.items(0)));
    ScalarOps.either(ops, "sum", ListOps::sum);
    ScalarOps.either(ops, "all", a -> a.items(0).stream().allMatch(Boolean.TRUE::equals));
    ScalarOps.either(ops, "any", a -> a.items(0).stream().anyMatch(Boolean.TRUE::equals));
    ops.put("list", ListOps::copied);
    ops.put("len", ListOps::length);
    ops.put(
        "__getitem__",
        a ->
            a.get(0) instanceof Map<?, ?>
                ? map(a).get(ScriptValues.key(a.get(1)))
                : list(a).get(ScriptValues.index(a.integer(1), list(a).size(), a.where())));
    ops.put("index_of", a -> (long) a.items(0).indexOf(a.get(1)));
    ops.put("count", a -> count(a));
    ops.put("ord", a -> (long) a.text(0, "", " ").codePointAt(0));
    ops.put("join", a -> joined(a));
    List.of("lower", "upper", "strip", "rstrip", "lstrip")
        .forEach(name -> ops.put(name, a -> cased(a, name)));
    ops.put("startswith", a -> a.text(0, "", "").startsWith(a.text(1, "", "")));
    ops.put("endswith", a -> a.text(0, "", "").endsWith(a.text(1, "", "")));
    ops.put("replace", a -> a.text(0, "", "").replace(a.text(1, "", ""), a.text(2, "", "")));
    ops.put("__contains__", ListOps::contains);
    ops.put("slice", ListOps::slice);
    ops.put("split", checked(ViewChecks::split, a -> a.isTensor(0) ? PartOps.split(a) : words(a)));
    ops.put("format", a -> a.text(0, "", ""));
    ops.put("find", a -> (long) a.text(0, "", "").indexOf(a.text(1, "", "")));
  }

  private static void registerDictionaries(OperatorTable<Operator> ops) {
    ops.put("dict", ListOps::dictionary);
    ops.put("get", a -> map(a).getOrDefault(ScriptValues.key(a.get(1)), a.get(2)));
    ops.put("setdefault", ListOps::setDefault);
    ops.put("update", ListOps::update);
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

  private static Object count(Arguments a) {
    return a.items(0).stream().filter(item -> ScriptValues.equal(item, a.get(1))).count();
  }

  private static Object joined(Arguments a) {
    StringBuilder text = new StringBuilder();
    for (Object item : a.items(1)) {
      text.append(text.isEmpty() ? "" : a.text(0, "", "")).append(ScriptValues.shown(item));
    }
    return text.toString();
  }

  private static String cased(Arguments a, String how) {
    String text = a.text(0, "", "");
    return switch (how) {
      case "lower" -> text.toLowerCase(Locale.ROOT);
      case "upper" -> text.toUpperCase(Locale.ROOT);
      case "lstrip" -> text.stripLeading();
      case "rstrip" -> text.stripTrailing();
      default -> text.strip();
    };
  }

  /** dict(), or dict of a list of pairs. */
  private static Object dictionary(Arguments a) {
    Map<@Nullable Object, @Nullable Object> made = new LinkedHashMap<>();
    if (a.get(0) instanceof Map<?, ?>) {
      made.putAll(map(a));
    } else if (a.get(0) != null) {
      for (Object pair : a.items(0)) {
        List<@Nullable Object> two = ScriptValues.items(pair);
        made.put(ScriptValues.key(two.get(0)), two.get(1));
      }
    }
    return made;
  }

  private static @Nullable Object setDefault(Arguments a) {
    Object key = ScriptValues.key(a.get(1));
    if (!map(a).containsKey(key)) {
      map(a).put(key, a.get(2));
    }
    return map(a).get(key);
  }

  private static @Nullable Object update(Arguments a) {
    if (a.get(1) instanceof Map<?, ?> more) {
      more.forEach((key, value) -> map(a).put(key, value));
    }
    return a.get(0);
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
    Object sum = 0L;
    for (Object item : a.items(0)) {
      if (item instanceof Unknown) {
        return item;
      }
      sum = KnownMath.of("add", sum, item instanceof Number number ? number : truth(item));
    }
    return sum;
  }

  private static Long truth(@Nullable Object item) {
    return Boolean.TRUE.equals(item) ? 1L : 0L;
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
      map(a).put(ScriptValues.key(a.get(1)), a.get(2));
    } else {
      int at = ScriptValues.index(a.integer(1), list(a).size(), a.where());
      list(a).set(at, a.get(2));
    }
    return a.get(0);
  }

  private static Object contains(Arguments a) {
    if (a.get(0) instanceof Map<?, ?> map) {
      return map.containsKey(ScriptValues.key(a.get(1)));
    }
    if (a.get(0) instanceof String text) {
      return text.contains(a.text(1, "", ""));
    }
    return list(a).stream().anyMatch(item -> ScriptValues.equal(item, a.get(1)));
  }

  /** Of a tensor: x, dim, start, end, step; of a list: x, start, end, step. */
  private static Object slice(Arguments a) {
    if (a.get(0) instanceof Value x) {
      int at = MoveOps.axis(a.integer(1, "dim", 0), x.rank());
      long[] ends = ends(a, 2, x.extent(at));
      List<Long> shape = new ArrayList<>(x.shape());
      shape.set(at, ScriptRange.between(ends[0], ends[1], ends[2]).count());
      return Known.slice(x, at, ends[0], ends[2], shape);
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
    long step = a.integer(first + 2, "step", 1);
    if (step < 1) {
      throw new ScriptFault(a.where(), "a step of " + step);
    }
    long from = Math.max(0, Math.min(start < 0 ? start + extent : start, extent));
    long to = Math.max(0, Math.min(end < 0 ? end + extent : end, extent));
    return new long[] {from, Math.max(from, to), step};
  }
}
