package org.einloom.io.timeloop.front;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.einloom.io.timeloop.TimeloopFiles;
import org.einloom.io.timeloop.front.Native.Entries;
import org.einloom.io.timeloop.front.Piece.Node;
import org.einloom.io.timeloop.front.Tree.Entry;
import org.einloom.io.timeloop.front.Tree.Keyed;
import org.einloom.io.timeloop.front.Tree.Leaf;
import org.einloom.io.timeloop.front.Tree.Row;
import org.einloom.io.yaml.YamlNode;
import org.jspecify.annotations.Nullable;

/**
 * What components do about zeros: in their nodes, or under a key at the top, as the native form has
 * it. Both together are targets of the native form.
 */
final class SparseNodes {
  private static final String TARGETS = "targets";

  private SparseNodes() {}

  /** All of it; empty if there is none. */
  static Optional<Native.Entries> of(List<Node> nodes, @Nullable Entry top) {
    List<YamlNode> targets = new ArrayList<>();
    for (Node node : nodes) {
      if (node.enabled
          && node.isComponent()
          && node.tree.find(TimeloopFiles.SPARSE) instanceof Keyed own
          && !own.entries().isEmpty()) {
        var target = new Entries(own.at());
        target.add("name", Native.plain(node.name, own.at()));
        Keys.of(own).forEach(e -> target.add(e.key(), Native.of(e.value())));
        targets.add(target.node());
      }
    }
    if (top == null && targets.isEmpty()) {
      return Optional.empty();
    }
    var all = new Entries(top == null ? targets.getFirst().at() : top.key().at());
    if (top != null && top.value() instanceof Keyed given) {
      for (Entry e : Keys.of(given)) {
        boolean list = e.key().value().equals(TARGETS) && e.value() instanceof Row;
        if (list && e.value() instanceof Row row) {
          row.items().reversed().forEach(t -> targets.addFirst(Native.of(t)));
        } else if (!(e.value() instanceof Leaf l && l.isNull())) {
          all.add(e.key(), Native.of(e.value()));
        }
      }
    }
    if (!targets.isEmpty()) {
      all.add(TARGETS, Native.list(targets, targets.getFirst().at()));
    }
    return Optional.of(all);
  }
}
