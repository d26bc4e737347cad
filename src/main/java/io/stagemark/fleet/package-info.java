/**
 * Many machines: shards as jobs of other systems, and the results of many machines in one table.
 *
 * <pre>
 *   ShardJob --KubernetesJob, SlurmArray--&gt; a manifest or a script, which the user submits
 *   result.json of each machine --FleetTable--&gt; machine × case --FleetText, FleetPage--&gt; text, page
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.fleet.ShardJob} and {@link
 * io.stagemark.fleet.FleetTable}.
 *
 * <p><b>In:</b> a config's name and needs; stored results. <b>Out:</b> text and pages. Nothing is
 * started on another machine. <b>Must not know:</b> engines, processes.
 *
 * <p><b>Decisions:</b> docs/decisions/059-a-fleet-is-rendered-and-collected.md.
 */
@NullMarked
package io.stagemark.fleet;

import org.jspecify.annotations.NullMarked;
