/**
 * Pascal VOC: an XML file for each image.
 *
 * <pre>
 *   Annotations/a.xml --VocFile--&gt; VocObjects --VocFormat + picture--&gt; Example
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.dataset.voc.VocFormat}.
 *
 * <p><b>In:</b> a folder of images and one of XML files. <b>Out:</b> examples whose truth is in the
 * model's classes, boxes in pixels of the upright picture.
 *
 * <p><b>May import:</b> {@code dataset}, {@code data}, {@code image}. <b>Must not know:</b> other
 * formats.
 *
 * <p><b>Decisions:</b> docs/decisions/057-data-sets-of-others.md.
 */
@NullMarked
package io.stagemark.dataset.voc;

import org.jspecify.annotations.NullMarked;
