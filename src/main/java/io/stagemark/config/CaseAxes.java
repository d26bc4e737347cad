package io.stagemark.config;

import io.stagemark.config.Section.Entry;
import io.stagemark.engine.Device;
import java.util.ArrayList;
import java.util.List;

/**
 * The lists whose product makes cases; in {@code include} and {@code exclude} an empty one is open.
 */
record CaseAxes(
    List<Entry<String>> models,
    List<Entry<String>> engines,
    List<Entry<Device>> devices,
    List<Entry<Long>> threads,
    List<Entry<Long>> batches) {

  /** A case as a config names it; each value knows its line. */
  record Named(
      Entry<String> model,
      Entry<String> engine,
      Entry<Device> device,
      Entry<Long> threads,
      Entry<Long> batch) {}

  /** Returns how many cases the product has. */
  long size() {
    return (long) models.size()
        * engines.size()
        * devices.size()
        * Math.multiplyExact((long) threads.size(), batches.size());
  }

  /** Returns the product, the last axis turning fastest. */
  List<Named> product() {
    List<Named> cases = new ArrayList<>();
    for (Entry<String> model : models) {
      for (Entry<String> engine : engines) {
        for (Entry<Device> device : devices) {
          for (Entry<Long> thread : threads) {
            for (Entry<Long> batch : batches) {
              cases.add(new Named(model, engine, device, thread, batch));
            }
          }
        }
      }
    }
    return cases;
  }

  /** Returns these axes, the open ones filled from others. */
  CaseAxes orElse(CaseAxes others) {
    return new CaseAxes(
        models.isEmpty() ? others.models : models,
        engines.isEmpty() ? others.engines : engines,
        devices.isEmpty() ? others.devices : devices,
        threads.isEmpty() ? others.threads : threads,
        batches.isEmpty() ? others.batches : batches);
  }

  /** Returns whether a case has one of the values of every axis that is not open. */
  boolean matches(Named each) {
    return has(models, each.model())
        && has(engines, each.engine())
        && has(devices, each.device())
        && has(threads, each.threads())
        && has(batches, each.batch());
  }

  private static <T> boolean has(List<Entry<T>> axis, Entry<T> value) {
    return axis.isEmpty() || axis.stream().anyMatch(each -> each.value().equals(value.value()));
  }
}
