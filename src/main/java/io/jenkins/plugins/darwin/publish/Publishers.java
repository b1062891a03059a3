package io.jenkins.plugins.darwin.publish;

import io.jenkins.plugins.darwin.check.Check;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** All places where a release appears, in order. A new publisher is a class beside this one and a line in its list. */
public record Publishers(List<Publisher> all) {
    private static final List<Publisher> OURS =
            List.of(new RegistryNames(), new ImageCompanions(), new GitTag(), new LatestName(), new TrunkMerge());

    public Publishers {
        all = List.copyOf(all);
    }

    /** Our own. */
    public static Publishers ours() {
        return new Publishers(OURS);
    }

    /**
     * Ours, and then those of others.
     *
     * @throws ReleaseException usage, when two have one name
     */
    public static Publishers with(List<Publisher> others) {
        List<Publisher> all = Stream.concat(OURS.stream(), others.stream()).toList();
        Set<String> names = new HashSet<>();
        all.forEach(publisher -> {
            if (!names.add(publisher.name())) {
                throw ReleaseException.usage("Two publishers are called '" + publisher.name()
                        + "': a release names each once; leave one of them out.");
            }
        });
        return new Publishers(all);
    }

    /** The changes of all, in the order of their stages; within one stage in the order of the list. */
    public List<Step> changes(Publication publication) {
        List<Step> steps = new ArrayList<>();
        all.forEach(publisher -> steps.addAll(publisher.changes(publication)));
        steps.sort(Comparator.comparing(Step::stage)); // stable
        return steps;
    }

    /** What people still have to do. */
    public List<String> waits(Publication publication) {
        return all.stream().flatMap(p -> p.waits(publication).stream()).toList();
    }

    /** What was left out, and why. */
    public List<String> warnings(Publication publication) {
        return all.stream().flatMap(p -> p.warnings(publication).stream()).toList();
    }

    public List<Check> before(Publication publication) {
        return all.stream().flatMap(p -> p.before(publication).stream()).toList();
    }

    public List<Check> after(Publication publication) {
        return all.stream().flatMap(p -> p.after(publication).stream()).toList();
    }
}
