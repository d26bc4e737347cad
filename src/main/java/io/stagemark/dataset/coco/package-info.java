/**
 * COCO JSON: images, categories, annotations; detections of others.
 *
 * <pre>
 *   instances.json --CocoFile--&gt; elements with their lines --CocoElement--&gt; CocoObjects --CocoDataset--&gt; Examples
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.dataset.coco.CocoFormat}.
 *
 * <p><b>In:</b> an annotation file and a folder of images. <b>Out:</b> examples whose truth is in
 * the model's classes, boxes in pixels of the upright picture.
 *
 * <p><b>May import:</b> {@code dataset}, {@code data}, {@code image}. <b>Must not know:</b> other
 * formats.
 *
 * <p><b>Decisions:</b> a category is the class of the same name, and one that no annotation uses
 * need not be known to the model; crowds stay, as regions that count for nothing.
 */
@NullMarked
package io.stagemark.dataset.coco;

import org.jspecify.annotations.NullMarked;
