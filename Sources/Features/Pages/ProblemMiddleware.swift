internal import HTTPTypes
public import Hummingbird
internal import Indicators
internal import Logging
internal import Registry

/// Turns what goes wrong into a page that says what to do.
public struct ProblemMiddleware<Context: RequestContext>: RouterMiddleware {
    struct Problem: Sendable {
        var title: String
        var message: String
    }

    let templates: TemplateLibrary

    public init(templates: TemplateLibrary) { self.templates = templates }

    public func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let missing as PageMissing {
            return try page("没有找到", missing.message, .notFound)
        } catch let problem as PageProblem {
            return try page("没有做成", problem.message, .serviceUnavailable)
        } catch let refusal as PageForbidden {
            return try page("不能这样做", refusal.message, .forbidden)
        } catch let refusal as NotAllowed {
            return try page("没有权限", refusal.message, .forbidden)
        } catch let refusal as UploadRefusal {
            return try page("没有收下", refusal.message, .unprocessableContent)
        } catch let refusal as FileRefusal {
            return try page("没有收下这个文件", refusal.description, .unprocessableContent)
        } catch let refusal as StoreRefusal {
            return try page("没有做成", refusal.message, refusal.code == .unknown ? .notFound : .conflict)
        } catch let absence as StoreUnavailable {
            context.logger.warning("store unavailable", metadata: ["detail": "\(absence.detail)"])
            var response = try page("暂时不能使用", absence.message, .serviceUnavailable)
            response.headers[.retryAfter] = "5"
            return response
        } catch let error as HTTPError where error.status == .notFound {
            return try page("没有这个页面", "请核对地址，或从总览进入", .notFound)
        } catch let error as HTTPError {
            return try page("请求没有完成", "请返回上一页重试（\(error.status.code)）", error.status)
        } catch  where DiskFull.isCause(of: error) {
            context.logger.error("disk full", metadata: ["error": "\(error)"])
            return try page("磁盘满了", "服务器的磁盘满了，刚才的操作没有保存。请系统管理员腾出空间后再做一次", .init(code: 507, reasonPhrase: "Insufficient Storage"))
        } catch {
            context.logger.error("request failed", metadata: ["error": "\(error)"])
            return try page("程序出错", "原因已记入日志，请把时间告诉系统管理员", .internalServerError)
        }
    }

    private func page(_ title: String, _ message: String, _ status: HTTPResponse.Status) throws -> Response {
        Answer.page(try templates.html(Problem(title: title, message: message), "problem"), status: status)
    }
}
