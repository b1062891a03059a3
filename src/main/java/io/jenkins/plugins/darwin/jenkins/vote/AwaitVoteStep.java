package io.jenkins.plugins.darwin.jenkins.vote;

import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.darwin.jenkins.run.StepKind;
import io.jenkins.plugins.darwin.jenkins.step.ReleaseStepDescriptor;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * {@code darwinAwaitVote '1.3.0'}: waits until a vote on the newest signed candidate has ended. Stored with the program
 * while it waits, so every field is a JDK type, and a field that a later version adds may be null.
 */
public final class AwaitVoteStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String version;
    private ArrayList<String> voters;
    private ArrayList<String> advisers;
    private Integer quorum;
    private Integer hours;
    private String until;
    private Integer minHours;
    private Boolean closeEarly;
    private ArrayList<String> checklist;
    private Integer graceMinutes;
    private ArrayList<String> mail;
    private boolean failOnReject = true;
    private String reference;
    private String repository;
    private String gitCredentials;
    private String registryCredentials;
    private String signingKey;
    private String webhook;
    private String webhookSecret;

    @DataBoundConstructor
    public AwaitVoteStep(String version) {
        this.version = Util.fixEmptyAndTrim(version);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new AwaitVoteExecution(context, this);
    }

    /** A list, or a text with commas; null when it is empty, which is as if it were not given. */
    private static ArrayList<String> list(Object given) {
        List<?> items = given instanceof List<?> list
                ? list
                : given == null ? List.of() : List.of(given.toString().split("[,\n]"));
        ArrayList<String> clean = new ArrayList<>();
        items.stream()
                .map(item -> Util.fixEmptyAndTrim(String.valueOf(item)))
                .filter(item -> item != null)
                .forEach(clean::add);
        return clean.isEmpty() ? null : clean;
    }

    public String getVersion() {
        return version;
    }

    /** Who decides: users, and groups as {@code @group}. */
    public List<String> getVoters() {
        return voters;
    }

    @DataBoundSetter
    public void setVoters(List<String> voters) {
        this.voters = list(voters);
    }

    public List<String> getAdvisers() {
        return advisers;
    }

    @DataBoundSetter
    public void setAdvisers(List<String> advisers) {
        this.advisers = list(advisers);
    }

    public Integer getQuorum() {
        return quorum;
    }

    @DataBoundSetter
    public void setQuorum(Integer quorum) {
        this.quorum = quorum;
    }

    public Integer getHours() {
        return hours;
    }

    @DataBoundSetter
    public void setHours(Integer hours) {
        this.hours = hours;
    }

    /** ISO 8601 with its zone, such as {@code 2026-03-01T18:00:00Z}, in the place of {@link #getHours}. */
    public String getUntil() {
        return until;
    }

    @DataBoundSetter
    public void setUntil(String until) {
        this.until = Util.fixEmptyAndTrim(until);
    }

    public Integer getMinHours() {
        return minHours;
    }

    @DataBoundSetter
    public void setMinHours(Integer minHours) {
        this.minHours = minHours;
    }

    public Boolean getCloseEarly() {
        return closeEarly;
    }

    @DataBoundSetter
    public void setCloseEarly(Boolean closeEarly) {
        this.closeEarly = closeEarly;
    }

    /** How long ballots can change after the last one before a decided vote closes by itself. */
    public Integer getGraceMinutes() {
        return graceMinutes;
    }

    @DataBoundSetter
    public void setGraceMinutes(Integer graceMinutes) {
        this.graceMinutes = graceMinutes;
    }

    public List<String> getChecklist() {
        return checklist;
    }

    @DataBoundSetter
    public void setChecklist(List<String> checklist) {
        this.checklist = list(checklist);
    }

    /** Addresses that are told of the opening and of the result. */
    public List<String> getMail() {
        return mail;
    }

    @DataBoundSetter
    public void setMail(List<String> mail) {
        this.mail = list(mail);
    }

    public boolean isFailOnReject() {
        return failOnReject;
    }

    @DataBoundSetter
    public void setFailOnReject(boolean failOnReject) {
        this.failOnReject = failOnReject;
    }

    public String getVoterList() {
        return line(voters);
    }

    public String getAdviserList() {
        return line(advisers);
    }

    public String getChecklistItems() {
        return line(checklist);
    }

    public String getMailTo() {
        return line(mail);
    }

    /** For the form. */
    private static String line(List<String> items) {
        return items == null ? "" : String.join(", ", items);
    }

    /** Where the candidate is staged, as {@code darwinSign} returns it; else looked up by the repository's configuration. */
    public String getReference() {
        return reference;
    }

    @DataBoundSetter
    public void setReference(String reference) {
        this.reference = Util.fixEmptyAndTrim(reference);
    }

    public String getRepository() {
        return repository;
    }

    @DataBoundSetter
    public void setRepository(String repository) {
        this.repository = Util.fixEmptyAndTrim(repository);
    }

    public String getGitCredentials() {
        return gitCredentials;
    }

    @DataBoundSetter
    public void setGitCredentials(String gitCredentials) {
        this.gitCredentials = Util.fixEmptyAndTrim(gitCredentials);
    }

    public String getRegistryCredentials() {
        return registryCredentials;
    }

    @DataBoundSetter
    public void setRegistryCredentials(String registryCredentials) {
        this.registryCredentials = Util.fixEmptyAndTrim(registryCredentials);
    }

    public String getSigningKey() {
        return signingKey;
    }

    @DataBoundSetter
    public void setSigningKey(String signingKey) {
        this.signingKey = Util.fixEmptyAndTrim(signingKey);
    }

    /** URL that is told of every event. */
    public String getWebhook() {
        return webhook;
    }

    @DataBoundSetter
    public void setWebhook(String webhook) {
        this.webhook = Util.fixEmptyAndTrim(webhook);
    }

    /** ID of a secret text that signs what the webhook gets. */
    public String getWebhookSecret() {
        return webhookSecret;
    }

    @DataBoundSetter
    public void setWebhookSecret(String webhookSecret) {
        this.webhookSecret = Util.fixEmptyAndTrim(webhookSecret);
    }

    /** The step's name and form. Needs no node. */
    @Extension
    public static final class DescriptorImpl extends ReleaseStepDescriptor {
        public DescriptorImpl() {
            super(StepKind.VOTE, Set.of(Run.class, TaskListener.class, FlowNode.class));
            VotePermissions.register();
        }

        @Override
        public String getDisplayName() {
            return Messages.AwaitVoteStep_DisplayName();
        }

        /** The form's lines become the step's lists. */
        @Override
        public Step newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
            AwaitVoteStep step = (AwaitVoteStep) super.newInstance(request, form);
            step.voters = list(form.opt("voterList"));
            step.advisers = list(form.opt("adviserList"));
            step.checklist = list(form.opt("checklistItems"));
            step.mail = list(form.opt("mailTo"));
            Object early = form.opt("closeEarlyRule");
            step.closeEarly = early == null || early.toString().isEmpty() ? null : Boolean.valueOf(early.toString());
            return step;
        }

        /** What the views of a pipeline say beside the step's name. */
        @Override
        public String argumentsToString(Map<String, Object> arguments) {
            Object version = arguments.get("version");
            return version == null ? null : version.toString();
        }
    }
}
