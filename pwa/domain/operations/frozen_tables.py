"""The tables whose rows are never changed or deleted: the one list that triggers, `ombun check` and the documents are held to."""

from db import models

APPEND_ONLY = (
    models.Entry, models.Opening, models.Seat, models.SeatChange, models.Twin, models.ChainBreak,
    models.DeviceKey, models.DeviceLeaving, models.StoredBlob, models.Erasure, models.ErasedBlob,
    models.Acceptance, models.Aside, models.QueueImport, models.Approval, models.Return, models.Comment, models.Rejection, models.Replacement,
    models.CounterDecision, models.Draw, models.Lot, models.Finding, models.TakingBack,
    models.RoleStart, models.AccessConfirmation, models.Reissue, models.ReissueConfirmation, models.ReissueRefusal, models.ReissueLink,
    models.RoleGrant, models.RoleEnd, models.SessionEnd, models.DeviceUse, models.PasskeyRevocation,
    models.EnrolmentUse, models.UsedChallenge, models.Resolution, models.Admission, models.Notice, models.Viewing, models.GapClosing,
    models.Regulation, models.RuleDraft, models.RuleDraftSave, models.RuleProposal, models.RuleProposalEnd,
    models.RuleRun, models.RuleRunStep,
    models.Branch, models.LedgerAccount, models.LedgerTransaction, models.Posting,
    models.AssignmentAim, models.AssignmentFund, models.ReceiptBook, models.Receipt, models.ReceiptLine, models.Booking,
    models.ReceiptStep, models.Advance, models.NeverReceived, models.MembershipAct, models.PlanChoice, models.Voucher,
    models.Handover, models.HandoverRange, models.HandoverPart, models.HandoverAgreement, models.Taking, models.TakingStep,
    models.HandedOn, models.PassedOn, models.HandoverClosing, models.VoidAsked, models.DifferenceClearing, models.HandLimit, models.Bank,
    models.MonthClose, models.CloseSignature, models.CloseFall, models.CloseOpen, models.BankBalance, models.BalanceAgreement, models.HandCount,
    models.StatementLine, models.StatementMatch, models.StatementRiddle, models.StatementUndoing,
    models.CloseFigure, models.YearClose, models.YearSignature, models.YearFall, models.Audit, models.AuditItem, models.AuditWord,
    models.OfficeChange, models.OfficeLine, models.OfficeSignature, models.Undoing, models.UndoingAnswer,
    models.Claim, models.ClaimEntry, models.ClaimAct, models.Attendance, models.Abstention, models.Postponement,
    models.Remark, models.DecisionNotice, models.Appeal, models.Reopening, models.ReopeningNumber, models.ReopeningSignature,
    models.PayoutReceipt, models.Batch, models.BatchLine, models.Sighting,
    models.UnitKey, models.KeyCertificate, models.ReportDraft, models.ReportAgreement, models.ReportIssue,
    models.ReceivedReport, models.ReportSeat, models.ReportAcceptance, models.HeadCount, models.ParentAddress, models.ReportSending,
    models.UnitMove,
    models.Assignment, models.AssignmentPlace, models.AssignmentEnd, models.KitDownload,
    models.DemoWorld, models.Trial, models.NamedPhoto, models.Generation, models.Wish, models.Mishap, models.RestoreProof, models.Tie, models.Digest,
)  # fmt: skip
