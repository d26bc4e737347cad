/**
 * YOLO's text labels in Ultralytics' folders.
 *
 * <pre>
 *   data.yaml --YoloNames--&gt; class names
 *   labels/val/a.txt --YoloLabels--&gt; boxes in ratios --YoloFormat + picture's size--&gt; Example
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.dataset.yolo.YoloFormat}.
 *
 * <p><b>In:</b> a folder of images and its {@code data.yaml}. <b>Out:</b> examples whose truth is
 * in the model's classes, boxes in pixels of the upright picture.
 *
 * <p><b>May import:</b> {@code dataset}, {@code data}, {@code image}. <b>Must not know:</b> other
 * formats.
 *
 * <p><b>Decisions:</b> docs/decisions/057-data-sets-of-others.md.
 */
@NullMarked
package io.stagemark.dataset.yolo;

import org.jspecify.annotations.NullMarked;
