package io.jenkins.plugins.darwin.config;

import io.jenkins.plugins.darwin.edit.Glob;
import io.jenkins.plugins.darwin.model.BranchRules;
import io.jenkins.plugins.darwin.model.BranchRules.Mode;
import io.jenkins.plugins.darwin.model.BranchRules.PathRule;
import io.jenkins.plugins.darwin.model.ChangeKind;
import io.jenkins.plugins.darwin.model.ProcessRules;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** From the file's tree to {@link ProcessRules}. */
final class ProcessMapper {
    private ProcessMapper() {}

    static ProcessRules map(ConfigNode root) {
        return new ProcessRules(
                root.get("policy").map(ProcessMapper::branch).orElseGet(BranchRules::defaults),
                ScheduleMapper.map(root));
    }

    /** One word, or a mapping; whoever writes the key means it for changes made on the branch, too. */
    private static BranchRules branch(ConfigNode policy) {
        return new BranchRules(
                policy.text()
                        .or(() -> policy.text("mode"))
                        .flatMap(ProcessMapper::mode)
                        .orElse(Mode.REFUSE),
                policy.text("direct").flatMap(ProcessMapper::mode).orElse(Mode.REFUSE),
                policy.get("allow").map(ProcessMapper::kinds).orElse(BranchRules.DEFAULT_ALLOW),
                policy.get("paths").map(ConfigNode::items).orElse(List.of()).stream()
                        .flatMap(p -> path(p).stream())
                        .toList());
    }

    private static Optional<Mode> mode(String word) {
        return Arrays.stream(Mode.values()).filter(m -> m.word().equals(word)).findFirst();
    }

    private static Set<ChangeKind> kinds(ConfigNode list) {
        return list.items().stream()
                .flatMap(i -> i.text().flatMap(ChangeKind::of).stream())
                .collect(Collectors.toSet());
    }

    private static Optional<PathRule> path(ConfigNode node) {
        Set<ChangeKind> allow = node.get("allow").map(ProcessMapper::kinds).orElse(Set.of());
        return node.get("files").flatMap(f -> f.read(Glob::parse)).map(g -> new PathRule(g.toString(), allow));
    }
}
