package io.jenkins.plugins.darwin.jenkins.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What a build knows of one version: its phases, and of every value the newest. */
@ExportedBean(defaultVisibility = 2)
public final class Release {
    private final String version;
    private final List<Phase> phases;
    private final boolean building;

    Release(String version, List<Phase> phases, boolean building) {
        this.version = version;
        this.phases = phases;
        this.building = building;
    }

    @Exported
    public String getVersion() {
        return version;
    }

    public List<Phase> getPhases() {
        return phases;
    }

    /** {@code X.Y.Z-RCn}, or null before there is one. */
    @Exported
    public String getCandidate() {
        Object rc = newest("rc");
        return rc == null ? null : version + "-RC" + rc;
    }

    /** What to call it now: the candidate while there is one to vote on, the version before that and once it is released. */
    public String getTitle() {
        return getCandidate() == null || getTag() != null ? version : getCandidate();
    }

    /** What is voted on, or null before the newest candidate is signed. */
    @Exported
    public String getDigest() {
        return ofCandidate("digest");
    }

    @Exported
    public String getCommit() {
        return text("commit");
    }

    @Exported
    public String getBranch() {
        return text("branch");
    }

    @Exported
    public String getReference() {
        return ofCandidate("reference");
    }

    /** Fingerprint of the key that signed, or null before that. */
    @Exported
    public String getFingerprint() {
        return ofCandidate("fingerprint");
    }

    @Exported
    public String getRepository() {
        return text("repository");
    }

    /** The signed tag of a released version, or null before that. */
    @Exported
    public String getTag() {
        Object tag = null;
        for (Phase phase : phases) {
            tag = phase.getStep().equals(StepKind.PROMOTE.function())
                            && phase.getValues().get("tag") != null
                    ? phase.getValues().get("tag")
                    : tag;
        }
        return tag == null ? null : tag.toString();
    }

    /** The repository's page, or null when it is not known to have one; so the others. */
    @Exported
    public String getRepositoryUrl() {
        return pages().repository().orElse(null);
    }

    @Exported
    public String getCommitUrl() {
        return pages().commit(getCommit()).orElse(null);
    }

    @Exported
    public String getBranchUrl() {
        return pages().branch(getBranch()).orElse(null);
    }

    @Exported
    public String getTagUrl() {
        return pages().tag(getTag()).orElse(null);
    }

    private GitPages pages() {
        return GitPages.of(getRepository());
    }

    public List<Map<String, Object>> getImages() {
        return rows(StepKind.BUILD_RC.function(), "images");
    }

    public List<Map<String, Object>> getFiles() {
        return rows(StepKind.BUILD_RC.function(), "files");
    }

    /** Public names, once it is released. */
    public List<PublicName> getUrls() {
        return newest("urls") instanceof List<?> urls
                ? urls.stream().map(Object::toString).map(PublicName::new).toList()
                : List.of();
    }

    /** Whether the files carry signatures: signing signs all of them. */
    public boolean isSigned() {
        return getFingerprint() != null;
    }

    /** In a word, for the badge. */
    @Exported
    public String getState() {
        Phase last = phases.get(phases.size() - 1);
        if (last.getState() == Phase.State.RUNNING && !building) {
            return Messages.Release_Stopped();
        }
        return switch (last.getState()) {
            case RUNNING -> last.getTitle();
            case FAILED -> Messages.Release_Failed(last.getTitle());
            case STOPPED -> Messages.Release_Stopped();
            case PLANNED -> Messages.Release_Planned();
            case OPEN -> Messages.Release_Open();
            default -> StepKind.of(last.getStep()).map(StepKind::done).orElse(last.getTitle());
        };
    }

    /** The icon of its state. */
    public String getSymbol() {
        return symbolOf(phases.get(phases.size() - 1));
    }

    /** The icon of a phase: none runs in a build that has ended, however that ended. */
    public String symbolOf(Phase phase) {
        return phase.getState() == Phase.State.RUNNING && !building ? Phase.State.STOPPED.symbol() : phase.getSymbol();
    }

    /** A value of the newest candidate alone: what an older one was signed as does not count for it. */
    private String ofCandidate(String name) {
        String found = null;
        for (Phase phase : phases) {
            boolean made = phase.getStep().equals("darwinBuildRc") && phase.getState() == Phase.State.DONE;
            found = made
                    ? null
                    : Objects.requireNonNullElse(phase.getValues().get(name), found == null ? "" : found)
                            .toString();
        }
        return "".equals(found) ? null : found;
    }

    private String text(String name) {
        Object value = newest(name);
        return value == null ? null : value.toString();
    }

    private Object newest(String name) {
        Object found = null;
        for (Phase phase : phases) {
            found = Objects.requireNonNullElse(phase.getValues().get(name), found == null ? "" : found);
        }
        return "".equals(found) ? null : found;
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> rows(String step, String name) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Phase phase : phases) {
            if (phase.getStep().equals(step) && phase.getValues().get(name) instanceof List<?> list) {
                rows = list.stream()
                        .filter(Map.class::isInstance)
                        .map(row -> (Map<String, Object>) row)
                        .toList();
            }
        }
        return rows;
    }
}
