package io.jenkins.plugins.darwin.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a registry lists as referring to a manifest. Whoever may push there writes this list, so one entry that can't be read
 * never hides the others: it is left out with a warning.
 *
 * @param found in no order that means anything; only what the registry says ({@link Attached} proves it)
 * @param warnings a sentence for each thing that was left out
 */
public record Referrers(List<Descriptor> found, List<String> warnings) {
    static final Referrers NONE = new Referrers(List.of(), List.of());

    public Referrers {
        found = List.copyOf(found);
        warnings = List.copyOf(warnings);
    }

    boolean lists(Digest digest) {
        return found.stream().anyMatch(each -> each.digest().equals(digest));
    }

    /** Reads the entries of an index one by one. @param where names the list in a warning */
    static Referrers read(JsonNode manifests, String where) {
        Map<Digest, Descriptor> found = new LinkedHashMap<>();
        int unreadable = 0;
        for (JsonNode entry : manifests) {
            try {
                Descriptor descriptor = Json.descriptor(entry);
                found.putIfAbsent(descriptor.digest(), descriptor);
            } catch (ReleaseException e) {
                unreadable++;
            }
        }
        return new Referrers(
                List.copyOf(found.values()),
                unreadable == 0
                        ? List.of()
                        : List.of(unreadable + " of the entries in " + where
                                + " can't be read and are left out: expected type, digest and size."));
    }

    Referrers plus(Referrers more) {
        Map<Digest, Descriptor> all = new LinkedHashMap<>();
        found.forEach(each -> all.putIfAbsent(each.digest(), each));
        more.found.forEach(each -> all.putIfAbsent(each.digest(), each));
        List<String> both = new ArrayList<>(warnings);
        both.addAll(more.warnings);
        return new Referrers(List.copyOf(all.values()), both);
    }

    static Referrers unreadable(String where, String reason) {
        return new Referrers(
                List.of(), List.of("The list " + where + " can't be read and is left out: " + reason + "."));
    }
}
