<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>tokenwatch</name>
        <message>
            <source>{provider} {window} limit</source>
            <translation>{provider} {window}限额</translation>
        </message>
        <message>
            <source>Open Spend</source>
            <translation>打开花费</translation>
        </message>
        <message>
            <source>Not this month</source>
            <translation>本月不再</translation>
        </message>
        <message>
            <source>this month</source>
            <translation>本月</translation>
        </message>
        <message>
            <source>this week</source>
            <translation>本周</translation>
        </message>
        <message>
            <source>today</source>
            <translation>今天</translation>
        </message>
        <message>
            <source>Projected {amount}, range {range}.</source>
            <translation>预计 {amount}，范围 {range}。</translation>
        </message>
        <message>
            <source>Most today: {agent}, {cost}.</source>
            <translation>今日最多：{agent}，{cost}。</translation>
        </message>
        <message>
            <source>of {budget}</source>
            <translation>共 {budget}</translation>
        </message>
        <message>
            <source>Half {name}’s budget used</source>
            <translation>{name} 的预算已用一半</translation>
        </message>
        <message>
            <source>{name}’s budget used up</source>
            <translation>{name} 的预算已用完</translation>
        </message>
        <message>
            <source>{percent}% of {name}’s budget used</source>
            <translation>{name} 的预算已用 {percent}%</translation>
        </message>
        <message>
            <source>Half the {name} budget used</source>
            <translation>{name}预算已用一半</translation>
        </message>
        <message>
            <source>{name} budget used up</source>
            <translation>{name}预算已用完</translation>
        </message>
        <message>
            <source>{percent}% of the {name} budget used</source>
            <translation>{name}预算已用 {percent}%</translation>
        </message>
        <message>
            <source>Half this week’s budget used</source>
            <translation>本周预算已用一半</translation>
        </message>
        <message>
            <source>This week’s budget used up</source>
            <translation>本周预算已用完</translation>
        </message>
        <message>
            <source>{percent}% of this week’s budget used</source>
            <translation>本周预算已用 {percent}%</translation>
        </message>
        <message>
            <source>Half today’s budget used</source>
            <translation>今日预算已用一半</translation>
        </message>
        <message>
            <source>Today passed {name}</source>
            <translation>今日已超过 {name}</translation>
        </message>
        <message>
            <source>{percent}% of today’s budget used</source>
            <translation>今日预算已用 {percent}%</translation>
        </message>
        <message>
            <source>{count} requests have no price.</source>
            <translation>{count} 个请求没有价格。</translation>
        </message>
        <message>
            <source>Projected {range}.</source>
            <translation>预计 {range}。</translation>
        </message>
        <message>
            <source>A budget passes its marks</source>
            <translation>预算达到标记</translation>
        </message>
        <message>
            <source>Remind at {percent}%</source>
            <translation>到 {percent}% 时提醒</translation>
        </message>
        <message>
            <source>at list prices</source>
            <translation>按标价</translation>
        </message>
        <message>
            <source>on day {number}</source>
            <translation>第 {number} 天</translation>
        </message>
        <message>
            <source>of {count} budgets</source>
            <translation>共 {count} 个预算</translation>
        </message>
        <message>
            <source>once a budget is set</source>
            <translation>设定预算后</translation>
        </message>
        <message>
            <source>Raise budget…</source>
            <translation>提高预算…</translation>
        </message>
        <message>
            <source>A usual day is {cost}.</source>
            <translation>平常一天为 {cost}。</translation>
        </message>
        <message>
            <source>1 request has no price.</source>
            <translation>1 个请求没有价格。</translation>
        </message>
        <message>
            <source>A loop outlives its prompt cache</source>
            <translation>循环超出提示缓存的寿命</translation>
        </message>
        <message>
            <source>this loop outlives its cache</source>
            <translation>此循环超出缓存寿命</translation>
        </message>
        <message>
            <source>{count} times in 6 hours all of it was written anew, now {tokens} tokens.</source>
            <translation>6 小时内全部重写了 {count} 次，现为 {tokens} 个令牌。</translation>
        </message>
        <message>
            <source>{count} times 100k tokens written anew after a pause</source>
            <translation>停顿后 {count} 次重写 100k 令牌</translation>
        </message>
        <message>
            <source>A conversation is compacted over and over</source>
            <translation>对话被反复压缩</translation>
        </message>
        <message>
            <source>compacted {count} times in 30 minutes</source>
            <translation>30 分钟内压缩 {count} 次</translation>
        </message>
        <message>
            <source>Only 1 response lay between the last two compactions.</source>
            <translation>最近两次压缩之间只有 1 个回复。</translation>
        </message>
        <message>
            <source>Only {count} responses lay between the last two compactions.</source>
            <translation>最近两次压缩之间只有 {count} 个回复。</translation>
        </message>
        <message>
            <source>Each time the conversation is read as a whole.</source>
            <translation>每次都要读取整个对话。</translation>
        </message>
        <message>
            <source>compacted again at once</source>
            <translation>随即再次压缩</translation>
        </message>
        <message>
            <source>{count} times in 30 minutes, or less than {fewest} responses apart</source>
            <translation>30 分钟内 {count} 次，或间隔不到 {fewest} 个回复</translation>
        </message>
        <message>
            <source>its process ended in a turn</source>
            <translation>其进程在一轮中结束</translation>
        </message>
        <message>
            <source>An agent crashed</source>
            <translation>代理崩溃</translation>
        </message>
        <message>
            <source>{agent} stopped in {project}</source>
            <translation>{agent} 在 {project} 中停止</translation>
        </message>
        <message>
            <source>Its process ended in the middle of a turn.</source>
            <translation>其进程在一轮中途结束。</translation>
        </message>
        <message>
            <source>Open Live</source>
            <translation>打开实时</translation>
        </message>
        <message>
            <source>about {usual} metered</source>
            <translation>约 {usual} 按量计费</translation>
        </message>
        <message>
            <source>today {spent}</source>
            <translation>今日 {spent}</translation>
        </message>
        <message>
            <source>{today} metered so far; a usual day of the weekend costs {usual}.</source>
            <translation>至今按量 {today}；平常周末一天为 {usual}。</translation>
        </message>
        <message>
            <source>{today} metered so far; a usual working day costs {usual}.</source>
            <translation>至今按量 {today}；平常工作日为 {usual}。</translation>
        </message>
        <message>
            <source>once it is known what is usual</source>
            <translation>了解平常水平后</translation>
        </message>
        <message>
            <source>Today is dearer than usual</source>
            <translation>今日比平常贵</translation>
        </message>
        <message>
            <source>Today is dearer than usual: {today}</source>
            <translation>今日比平常贵：{today}</translation>
        </message>
        <message>
            <source>{count} failed requests in 5 minutes</source>
            <translation>5 分钟内 {count} 个请求失败</translation>
        </message>
        <message>
            <source>Requests keep failing</source>
            <translation>请求不断失败</translation>
        </message>
        <message>
            <source>The agent tries again each time.</source>
            <translation>代理每次都会重试。</translation>
        </message>
        <message>
            <source>{count} in 5 minutes</source>
            <translation>5 分钟内 {count} 个</translation>
        </message>
        <message>
            <source>Sub-agents multiply</source>
            <translation>子代理激增</translation>
        </message>
        <message>
            <source>{count} sub-agents in 10 minutes</source>
            <translation>10 分钟内 {count} 个子代理</translation>
        </message>
        <message>
            <source>{count} sub-agents run at once</source>
            <translation>{count} 个子代理同时运行</translation>
        </message>
        <message>
            <source>{count} run now, {depth} levels deep.</source>
            <translation>现有 {count} 个运行，深 {depth} 层。</translation>
        </message>
        <message>
            <source>{count} of them run now.</source>
            <translation>其中 {count} 个正在运行。</translation>
        </message>
        <message>
            <source>{count} began in the last 10 minutes.</source>
            <translation>最近 10 分钟启动了 {count} 个。</translation>
        </message>
        <message>
            <source>sub-agents start sub-agents</source>
            <translation>子代理启动子代理</translation>
        </message>
        <message>
            <source>more than {spawned} in 10 minutes, {running} at once, or sub-agents of sub-agents</source>
            <translation>10 分钟内超过 {spawned} 个，同时 {running} 个，或子代理的子代理</translation>
        </message>
        <message>
            <source>After {long}.</source>
            <translation>用时 {long}。</translation>
        </message>
        <message>
            <source>after {long} of work or more</source>
            <translation>工作 {long} 或更久后</translation>
        </message>
        <message>
            <source>After {long}, {cost} at API prices.</source>
            <translation>用时 {long}，按 API 价 {cost}。</translation>
        </message>
        <message>
            <source>An agent finished</source>
            <translation>代理完成</translation>
        </message>
        <message>
            <source>{agent} finished in {project}</source>
            <translation>{agent} 在 {project} 中完成</translation>
        </message>
        <message>
            <source>Go to terminal</source>
            <translation>前往终端</translation>
        </message>
        <message>
            <source>for half an hour</source>
            <translation>持续半小时</translation>
        </message>
        <message>
            <source>projected {amount}</source>
            <translation>预计 {amount}</translation>
        </message>
        <message>
            <source>Budget {budget}, range {range}.</source>
            <translation>预算 {budget}，范围 {range}。</translation>
        </message>
        <message>
            <source>{agent} doubled this week.</source>
            <translation>{agent} 本周翻倍。</translation>
        </message>
        <message>
            <source>too early</source>
            <translation>为时过早</translation>
        </message>
        <message>
            <source>Projection passes the budget</source>
            <translation>预计超出预算</translation>
        </message>
        <message>
            <source>It will likely be passed.</source>
            <translation>很可能超出。</translation>
        </message>
        <message>
            <source>{month} is heading for {amount}</source>
            <translation>{month}将达 {amount}</translation>
        </message>
        <message>
            <source>See why</source>
            <translation>查看原因</translation>
        </message>
        <message>
            <source>A limit that was used up has reset</source>
            <translation>已用完的限额已重置</translation>
        </message>
        <message>
            <source>{limit} has reset</source>
            <translation>{limit}已重置</translation>
        </message>
        <message>
            <source>It was used up. Agents can go on.</source>
            <translation>此前已用完。代理可以继续。</translation>
        </message>
        <message>
            <source>Open Limits</source>
            <translation>打开限额</translation>
        </message>
        <message>
            <source>{percent}% used.</source>
            <translation>已用 {percent}%。</translation>
        </message>
        <message>
            <source>A limit will be used up before it resets</source>
            <translation>限额将在重置前用完</translation>
        </message>
        <message>
            <source>{limit} runs out early</source>
            <translation>{limit}将提前用完</translation>
        </message>
        <message>
            <source>At this pace it is used up in ~{left}, {early} before reset.</source>
            <translation>按此速度约 {left} 后用完，比重置早 {early}。</translation>
        </message>
        <message>
            <source>at the average of the window so far</source>
            <translation>按窗口至今的平均</translation>
        </message>
        <message>
            <source>{level}% of the {limit} used</source>
            <translation>{limit}已用 {level}%</translation>
        </message>
        <message>
            <source>{limit} used up</source>
            <translation>{limit}已用完</translation>
        </message>
        <message>
            <source>A limit of a plan is nearly used up</source>
            <translation>套餐限额即将用完</translation>
        </message>
        <message>
            <source>Resets in {time}.</source>
            <translation>{time} 后重置。</translation>
        </message>
        <message>
            <source>At this pace it lasts {time}.</source>
            <translation>按此速度还能用 {time}。</translation>
        </message>
        <message>
            <source>80%, 95% and 100%</source>
            <translation>80%、95% 和 100%</translation>
        </message>
        <message>
            <source>At this pace it lasts until then.</source>
            <translation>按此速度可用到那时。</translation>
        </message>
        <message>
            <source>for a model in use</source>
            <translation>对于使用中的模型</translation>
        </message>
        <message>
            <source>none</source>
            <translation>无</translation>
        </message>
        <message>
            <source>A price is missing</source>
            <translation>缺少价格</translation>
        </message>
        <message>
            <source>1 model</source>
            <translation>1 个模型</translation>
        </message>
        <message>
            <source>{count} models</source>
            <translation>{count} 个模型</translation>
        </message>
        <message>
            <source>No price for {model}</source>
            <translation>{model} 没有价格</translation>
        </message>
        <message>
            <source>{count} requests this month are counted in tokens, but not in money.</source>
            <translation>本月 {count} 个请求只计令牌，未计金额。</translation>
        </message>
        <message>
            <source>Set a price…</source>
            <translation>设置价格…</translation>
        </message>
        <message>
            <source>an unnamed model</source>
            <translation>未命名模型</translation>
        </message>
        <message>
            <source>above {cost} an hour and {times} times the usual, for 10 minutes</source>
            <translation>超过每小时 {cost} 且为平常的 {times} 倍，持续 10 分钟</translation>
        </message>
        <message>
            <source>{cost} an hour</source>
            <translation>每小时 {cost}</translation>
        </message>
        <message>
            <source>It is fine</source>
            <translation>没关系</translation>
        </message>
        <message>
            <source> Most tokens: {name}.</source>
            <translation> 令牌最多：{name}。</translation>
        </message>
        <message>
            <source>Agents use far more than usual</source>
            <translation>代理用量远超平常</translation>
        </message>
        <message>
            <source>Agents use {cost} an hour</source>
            <translation>代理每小时用 {cost}</translation>
        </message>
        <message>
            <source>Agents worked in {hours} of the last 24 hours</source>
            <translation>过去 24 小时中代理工作了 {hours} 小时</translation>
        </message>
        <message>
            <source>Nobody typed anything for {hours} hours.</source>
            <translation>已有 {hours} 小时无人输入。</translation>
        </message>
        <message>
            <source>At API prices; they rarely pass {cost}.</source>
            <translation>按 API 价；很少超过 {cost}。</translation>
        </message>
        <message>
            <source>The same call over and over</source>
            <translation>反复相同的调用</translation>
        </message>
        <message>
            <source>the same call {count} times in a row</source>
            <translation>同一调用连续 {count} 次</translation>
        </message>
        <message>
            <source>Tool and arguments were equal each time.</source>
            <translation>每次的工具和参数都相同。</translation>
        </message>
        <message>
            <source>mostly waits, and pays for it</source>
            <translation>大多在等待，并为此付费</translation>
        </message>
        <message>
            <source>{share} of the last 30 minutes’ tokens asked if it is done.</source>
            <translation>最近 30 分钟 {share} 的令牌用于询问是否完成。</translation>
        </message>
        <message>
            <source>{count} equal calls in a row, or {share} of tokens for waiting</source>
            <translation>连续 {count} 次相同调用，或 {share} 的令牌用于等待</translation>
        </message>
        <message>
            <source>{cost} in the last hour</source>
            <translation>最近一小时 {cost}</translation>
        </message>
        <message>
            <source>less than an hour</source>
            <translation>不到一小时</translation>
        </message>
        <message>
            <source>far above the budget’s pace</source>
            <translation>远超预算速度</translation>
        </message>
        <message>
            <source>far above a usual hour</source>
            <translation>远超平常一小时</translation>
        </message>
        <message>
            <source>Money runs away</source>
            <translation>费用失控</translation>
        </message>
        <message>
            <source>Most: {name}, {cost} in the last hour.</source>
            <translation>最多：{name}，最近一小时 {cost}。</translation>
        </message>
        <message>
            <source>At this pace the budget of {budget} lasts {time}.</source>
            <translation>按此速度，{budget} 的预算还能用 {time}。</translation>
        </message>
        <message>
            <source>Spending {cost} an hour</source>
            <translation>每小时花费 {cost}</translation>
        </message>
        <message>
            <source>{count} hours</source>
            <translation>{count} 小时</translation>
        </message>
        <message>
            <source>{count} days</source>
            <translation>{count} 天</translation>
        </message>
        <message>
            <source>A usual hour costs {cost}.</source>
            <translation>平常一小时为 {cost}。</translation>
        </message>
        <message>
            <source>any source, for 1 minute</source>
            <translation>任一来源，持续 1 分钟</translation>
        </message>
        <message>
            <source>Logs cannot be read</source>
            <translation>日志无法读取</translation>
        </message>
        <message>
            <source>{agent}’s logs cannot be read</source>
            <translation>无法读取 {agent} 的日志</translation>
        </message>
        <message>
            <source>{why} Numbers leave it out until this is fixed.</source>
            <translation>{why} 修复前数字不含它。</translation>
        </message>
        <message>
            <source>How to fix</source>
            <translation>如何修复</translation>
        </message>
        <message>
            <source>an unknown amount</source>
            <translation>未知金额</translation>
        </message>
        <message>
            <source>more than {least} or an hour of turns since you typed, and each doubling</source>
            <translation>自您输入以来超过 {least} 或一小时的轮次，以及每次翻倍</translation>
        </message>
        <message>
            <source>{cost} at API prices</source>
            <translation>按 API 价 {cost}</translation>
        </message>
        <message>
            <source>An agent works alone for long</source>
            <translation>代理长时间独自工作</translation>
        </message>
        <message>
            <source>Nobody typed anything for {time}; since then it used {amount}.</source>
            <translation>已有 {time} 无人输入；此后用了 {amount}。</translation>
        </message>
        <message>
            <source>{name} has worked alone for {time}</source>
            <translation>{name} 已独自工作 {time}</translation>
        </message>
        <message>
            <source>{name} has spent {amount} alone</source>
            <translation>{name} 已独自花费 {amount}</translation>
        </message>
        <message>
            <source>for {time}</source>
            <translation>持续 {time}</translation>
        </message>
        <message>
            <source>{agent} waits for you in {project}</source>
            <translation>{agent} 在 {project} 中等您回应</translation>
        </message>
        <message>
            <source>{count} agents wait for you</source>
            <translation>{count} 个代理等您回应</translation>
        </message>
        <message>
            <source> Longest: {time}.</source>
            <translation> 最久：{time}。</translation>
        </message>
        <message>
            <source>{count} now</source>
            <translation>现有 {count}</translation>
        </message>
        <message>
            <source>nobody now</source>
            <translation>现在没有</translation>
        </message>
        <message>
            <source>An agent waits for you</source>
            <translation>代理等您回应</translation>
        </message>
        <message>
            <source>It goes on when you answer.</source>
            <translation>您回应后它会继续。</translation>
        </message>
        <message>
            <source> and {count} more.</source>
            <translation> 以及另外 {count} 个。</translation>
        </message>
        <message>
            <source>Expected, mute this</source>
            <translation>符合预期，静音</translation>
        </message>
        <message>
            <source>1 session</source>
            <translation>1 个会话</translation>
        </message>
        <message>
            <source>{count} sessions</source>
            <translation>{count} 个会话</translation>
        </message>
        <message>
            <source> This session: {cost} at API prices.</source>
            <translation> 本会话：按 API 价 {cost}。</translation>
        </message>
        <message>
            <source>January</source>
            <translation>1月</translation>
        </message>
        <message>
            <source>February</source>
            <translation>2月</translation>
        </message>
        <message>
            <source>March</source>
            <translation>3月</translation>
        </message>
        <message>
            <source>April</source>
            <translation>4月</translation>
        </message>
        <message>
            <source>May</source>
            <translation>5月</translation>
        </message>
        <message>
            <source>June</source>
            <translation>6月</translation>
        </message>
        <message>
            <source>July</source>
            <translation>7月</translation>
        </message>
        <message>
            <source>August</source>
            <translation>8月</translation>
        </message>
        <message>
            <source>September</source>
            <translation>9月</translation>
        </message>
        <message>
            <source>October</source>
            <translation>10月</translation>
        </message>
        <message>
            <source>November</source>
            <translation>11月</translation>
        </message>
        <message>
            <source>December</source>
            <translation>12月</translation>
        </message>
        <message>
            <source>days that are not over, which the provider still corrects</source>
            <translation>尚未结束、服务商仍会更正的日子</translation>
        </message>
        <message>
            <source>from before the first record here</source>
            <translation>早于此处第一条记录</translation>
        </message>
        <message>
            <source>not seen here: other machines, other people, or logs that were deleted</source>
            <translation>此处未见：其他电脑、其他人或已删除的日志</translation>
        </message>
        <message>
            <source>seen here and not on this bill: another account, or a plan</source>
            <translation>此处可见但不在此账单上：其他账户或套餐</translation>
        </message>
        <message>
            <source>seen here, without a known price</source>
            <translation>此处可见，价格未知</translation>
        </message>
        <message>
            <source>charges that are not for tokens: searches, code execution, storage</source>
            <translation>非令牌费用：搜索、代码执行、存储</translation>
        </message>
        <message>
            <source>priority tier, which the cost report leaves out</source>
            <translation>费用报告未含的优先级服务</translation>
        </message>
        <message>
            <source>batches, which cost less</source>
            <translation>批处理，价格更低</translation>
        </message>
        <message>
            <source>the same tokens for less than the price list: a discount</source>
            <translation>相同令牌低于标价：折扣</translation>
        </message>
        <message>
            <source>the same tokens for more than the price list</source>
            <translation>相同令牌高于标价</translation>
        </message>
        <message>
            <source>not explained: no usage report, so only amounts are known</source>
            <translation>无法说明：没有用量报告，只知道金额</translation>
        </message>
        <message>
            <source>rounding</source>
            <translation>取整</translation>
        </message>
        <message>
            <source>under 1%</source>
            <translation>低于 1%</translation>
        </message>
        <message>
            <source>over 99%</source>
            <translation>高于 99%</translation>
        </message>
        <message>
            <source>{count}-minute</source>
            <translation>{count} 分钟</translation>
        </message>
        <message>
            <source>{count}-hour</source>
            <translation>{count} 小时</translation>
        </message>
        <message>
            <source>{count}-day</source>
            <translation>{count} 天</translation>
        </message>
        <message>
            <source>week</source>
            <translation>周</translation>
        </message>
        <message>
            <source>reading logs</source>
            <translation>正在读取日志</translation>
        </message>
        <message>
            <source>{path} may not be read.</source>
            <translation>没有读取 {path} 的权限。</translation>
        </message>
        <message>
            <source>{path} may not be read. Allow it with: {command}</source>
            <translation>没有读取 {path} 的权限。可用此命令允许：{command}</translation>
        </message>
        <message>
            <source>{path} may not be read: it belongs to {owner}.</source>
            <translation>没有读取 {path} 的权限：它属于 {owner}。</translation>
        </message>
        <message>
            <source>{value} is used</source>
            <translation>采用 {value}</translation>
        </message>
        <message>
            <source>must hold one table for each agent; every agent counts as metered</source>
            <translation>必须为每个代理提供一个表；所有代理均按量计费</translation>
        </message>
        <message>
            <source>no fee is counted</source>
            <translation>不计费用</translation>
        </message>
        <message>
            <source>nothing is covered</source>
            <translation>不含任何额度</translation>
        </message>
        <message>
            <source>must be a table of currencies; no rate is used</source>
            <translation>必须是货币表；不使用任何汇率</translation>
        </message>
        <message>
            <source>must be a table with a list for each agent; no folder is added</source>
            <translation>必须是每个代理一个列表的表；不添加文件夹</translation>
        </message>
        <message>
            <source>must be written as [[{name}]]; it is not used</source>
            <translation>必须写作 [[{name}]]；此项不使用</translation>
        </message>
        <message>
            <source>number {number}: {why}; it is not used</source>
            <translation>第 {number} 项：{why}；此项不使用</translation>
        </message>
        <message>
            <source>no budget is set</source>
            <translation>不设预算</translation>
        </message>
        <message>
            <source>50, 80 and 100 are used</source>
            <translation>采用 50、80 和 100</translation>
        </message>
        <message>
            <source>the system's zone is used</source>
            <translation>采用系统时区</translation>
        </message>
        <message>
            <source>every rule is on</source>
            <translation>所有规则均开启</translation>
        </message>
        <message>
            <source>every agent is read</source>
            <translation>读取所有代理</translation>
        </message>
        <message>
            <source>all of it is kept</source>
            <translation>全部保留</translation>
        </message>
        <message>
            <source>there are no quiet hours</source>
            <translation>不设免打扰时段</translation>
        </message>
        <message>
            <source>{file}: {count} more mistakes.</source>
            <translation>{file}：还有 {count} 处错误。</translation>
        </message>
        <message>
            <source>{file}: 1 more mistake.</source>
            <translation>{file}：还有 1 处错误。</translation>
        </message>
        <message>
            <source>must be a table with "mode" and "fee_month_usd"; the agent counts as metered</source>
            <translation>必须是含 "mode" 和 "fee_month_usd" 的表；该代理按量计费</translation>
        </message>
        <message>
            <source>none is added</source>
            <translation>不添加</translation>
        </message>
        <message>
            <source>is not a setting; did you mean "{near}"?</source>
            <translation>不是设置项；是否指 "{near}"？</translation>
        </message>
        <message>
            <source>is not a setting and is ignored</source>
            <translation>不是设置项，已忽略</translation>
        </message>
        <message>
            <source>{mistake}; it is not used</source>
            <translation>{mistake}；此项不使用</translation>
        </message>
        <message>
            <source>it is not an ordinary file</source>
            <translation>不是普通文件</translation>
        </message>
        <message>
            <source>The settings could not be saved to {file} ({why}).</source>
            <translation>无法将设置保存到 {file}（{why}）。</translation>
        </message>
        <message>
            <source>this is not valid TOML, so defaults are used for all settings.</source>
            <translation>不是有效的 TOML，因此所有设置均采用默认值。</translation>
        </message>
        <message>
            <source>The settings in {file} could not be read ({why}), so defaults are used.</source>
            <translation>无法读取 {file} 中的设置（{why}），因此采用默认值。</translation>
        </message>
        <message>
            <source>The settings in {file} are not text in UTF-8, so defaults are used.</source>
            <translation>{file} 中的设置不是 UTF-8 文本，因此采用默认值。</translation>
        </message>
        <message>
            <source>The settings in {file} are longer than {most}, so defaults are used.</source>
            <translation>{file} 中的设置超过 {most}，因此采用默认值。</translation>
        </message>
        <message>
            <source>amount_usd must be set</source>
            <translation>必须设置 amount_usd</translation>
        </message>
        <message>
            <source>agent must be the id of an agent</source>
            <translation>agent 必须是代理的标识</translation>
        </message>
        <message>
            <source>"{key}" is not a setting of it</source>
            <translation>"{key}" 不是其设置项</translation>
        </message>
        <message>
            <source>id must be another one for each, without a stroke</source>
            <translation>每项的 id 必须不同，且不含斜杠</translation>
        </message>
        <message>
            <source>until must be after from</source>
            <translation>until 必须晚于 from</translation>
        </message>
        <message>
            <source>must be a number of dollars</source>
            <translation>必须是美元数额</translation>
        </message>
        <message>
            <source>must be between 0 and {most} dollars</source>
            <translation>必须在 0 到 {most} 美元之间</translation>
        </message>
        <message>
            <source>must be a list of whole percentages</source>
            <translation>必须是整数百分比的列表</translation>
        </message>
        <message>
            <source>must hold percentages between 1 and {most}</source>
            <translation>百分比必须在 1 到 {most} 之间</translation>
        </message>
        <message>
            <source>may hold {most} percentages at most</source>
            <translation>最多 {most} 个百分比</translation>
        </message>
        <message>
            <source>must be a whole percentage between {least} and {most}</source>
            <translation>必须是 {least} 到 {most} 之间的整数百分比</translation>
        </message>
        <message>
            <source>must be true or false</source>
            <translation>必须是 true 或 false</translation>
        </message>
        <message>
            <source>must be a list of names in quotes</source>
            <translation>必须是带引号的名称列表</translation>
        </message>
        <message>
            <source>must be two clock times such as "20:00-08:00"</source>
            <translation>必须是两个时刻，例如 "20:00-08:00"</translation>
        </message>
        <message>
            <source>must begin and end at different times</source>
            <translation>起止时刻必须不同</translation>
        </message>
        <message>
            <source>must be the name of a time zone such as "Europe/Berlin"</source>
            <translation>必须是时区名称，例如 "Europe/Berlin"</translation>
        </message>
        <message>
            <source>names no known time zone ("{value}")</source>
            <translation>不是已知的时区（"{value}"）</translation>
        </message>
        <message>
            <source>must be a name in quotes</source>
            <translation>必须是带引号的名称</translation>
        </message>
        <message>
            <source>must be a whole percentage from 0 to 100</source>
            <translation>必须是 0 到 100 的整数百分比</translation>
        </message>
        <message>
            <source>must be a whole number of months from 1 to {most}, or 0 for all</source>
            <translation>必须是 1 到 {most} 的整数月数，或 0 表示全部</translation>
        </message>
        <message>
            <source>must be a day of the month from 1 to {most}</source>
            <translation>必须是每月 1 到 {most} 日</translation>
        </message>
        <message>
            <source>must be a day such as 2026-01-31, without quotes</source>
            <translation>必须是形如 2026-01-31 的日期，不带引号</translation>
        </message>
        <message>
            <source>must be a currency by its three letters, such as "EUR"</source>
            <translation>必须是三个字母的货币代码，例如 "EUR"</translation>
        </message>
        <message>
            <source>must be a number: how much of it a dollar is</source>
            <translation>必须是数字：一美元合多少</translation>
        </message>
        <message>
            <source>must be above 0 and at most {most}</source>
            <translation>必须大于 0 且不超过 {most}</translation>
        </message>
        <message>
            <source>must be a list of folders</source>
            <translation>必须是文件夹列表</translation>
        </message>
        <message>
            <source>may hold {most} folders at most</source>
            <translation>最多 {most} 个文件夹</translation>
        </message>
        <message>
            <source>must be one of {names}</source>
            <translation>必须是以下之一：{names}</translation>
        </message>
        <message>
            <source>must hold whole paths, which begin with "/", "~" or a drive</source>
            <translation>必须是完整路径，以 "/"、"~" 或盘符开头</translation>
        </message>
        <message>
            <source>{file} line {line}</source>
            <translation>{file} 第 {line} 行</translation>
        </message>
        <message>
            <source>{path} cannot be read: its links lead in a circle.</source>
            <translation>{path} 无法读取：其链接成环。</translation>
        </message>
        <message>
            <source>{path} cannot be read: {why}.</source>
            <translation>{path} 无法读取：{why}。</translation>
        </message>
        <message>
            <source>Where {agent} keeps its logs could not be told (a mistake in TokenWatch).</source>
            <translation>无法确定 {agent} 的日志位置（TokenWatch 的错误）。</translation>
        </message>
        <message>
            <source>{path} is left out: its name is not text in UTF-8.</source>
            <translation>{path} 未计入：其名称不是 UTF-8 文本。</translation>
        </message>
        <message>
            <source>not understood (a mistake in TokenWatch; the entries were left out)</source>
            <translation>无法理解（TokenWatch 的错误；这些条目已略过）</translation>
        </message>
        <message>
            <source>{path} was not understood (a mistake in TokenWatch).</source>
            <translation>无法理解 {path}（TokenWatch 的错误）。</translation>
        </message>
        <message>
            <source>line over 32 MiB</source>
            <translation>行超过 32 MiB</translation>
        </message>
        <message>
            <source>{path} is larger than {most} MiB, so it is left out.</source>
            <translation>{path} 大于 {most} MiB，未计入。</translation>
        </message>
        <message>
            <source>{path} vanished before it was read.</source>
            <translation>{path} 在读取前消失。</translation>
        </message>
        <message>
            <source>{path} cannot be opened: {why}.</source>
            <translation>{path} 无法打开：{why}。</translation>
        </message>
        <message>
            <source>{path} is not a regular file.</source>
            <translation>{path} 不是普通文件。</translation>
        </message>
        <message>
            <source>{path} cannot be decompressed: {why}.</source>
            <translation>{path} 无法解压：{why}。</translation>
        </message>
        <message>
            <source>Windows tells of no change inside WSL, so logs are looked at every 5 seconds instead.</source>
            <translation>Windows 不通知 WSL 内的更改，因此改为每 5 秒查看日志。</translation>
        </message>
        <message>
            <source>{path} cannot be watched ({why}), so logs are looked at every 5 seconds instead.</source>
            <translation>无法监视 {path}（{why}），因此改为每 5 秒查看日志。</translation>
        </message>
        <message>
            <source>The system's limit of watched folders is reached, so logs are looked at every 5 seconds instead. Raise it with: {command}</source>
            <translation>已达系统监视文件夹的上限，因此改为每 5 秒查看日志。可用此命令提高：{command}</translation>
        </message>
        <message>
            <source>The system's limit of file watchers is reached, so logs are looked at every 5 seconds instead.</source>
            <translation>已达系统文件监视器的上限，因此改为每 5 秒查看日志。</translation>
        </message>
        <message>
            <source>{path} is on a network file system ({kind}), which does not tell of every change, so logs are also looked at every 5 seconds.</source>
            <translation>{path} 位于网络文件系统（{kind}），它不会通知每次更改，因此还会每 5 秒查看日志。</translation>
        </message>
        <message>
            <source>Sample: {title}</source>
            <translation>示例：{title}</translation>
        </message>
        <message>
            <source>Bill checks are on, but no admin key is kept. Add one in Settings &gt; Accounts.</source>
            <translation>账单核对已开启，但没有管理密钥。请在“设置 &gt; 账户”中添加。</translation>
        </message>
        <message>
            <source> and {count} more</source>
            <translation> 以及另外 {count} 个</translation>
        </message>
        <message>
            <source>No price is known for {models}; the tokens are counted, their cost is not.</source>
            <translation>不知道 {models} 的价格；令牌已计入，费用未计入。</translation>
        </message>
        <message>
            <source>The bill came while the ledger could not be written. It is asked for again later.</source>
            <translation>账单到达时账本无法写入。稍后会再次查询。</translation>
        </message>
        <message>
            <source>The ledger is on a network file system ({kind}): it is slower there, and only one computer may use it at a time.</source>
            <translation>账本位于网络文件系统（{kind}）：那里较慢，且一次只能由一台计算机使用。</translation>
        </message>
        <message>
            <source>{path} cannot be used: {why}.</source>
            <translation>{path} 无法使用：{why}。</translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>未知</translation>
        </message>
        <message>
            <source>Not counted: {count} entries in the logs of {agent} ({why}).</source>
            <translation>未计入：{agent} 日志中的 {count} 个条目（{why}）。</translation>
        </message>
        <message>
            <source>Not counted: 1 entry in the logs of {agent} ({why}).</source>
            <translation>未计入：{agent} 日志中的 1 个条目（{why}）。</translation>
        </message>
        <message>
            <source>{count} places of {agent} could not be read. The first: {reason}</source>
            <translation>{agent} 有 {count} 处无法读取。第一处：{reason}</translation>
        </message>
        <message>
            <source>{count} for other reasons</source>
            <translation>{count} 个因其他原因</translation>
        </message>
        <message>
            <source>TokenWatch met a mistake of its own and begins again. Until then the figures stand still.</source>
            <translation>TokenWatch 遇到自身错误，正在重新开始。在此之前数字不变。</translation>
        </message>
        <message>
            <source>The history could not be deleted: {why}.</source>
            <translation>历史无法删除：{why}。</translation>
        </message>
        <message>
            <source>TokenWatch has been at one piece of work for over a minute, and the figures stand still until it is done. Usually a disk or a network folder does not answer.</source>
            <translation>TokenWatch 已有一分多钟停在同一项工作上，完成之前数字不会更新。通常是磁盘或网络文件夹没有响应。</translation>
        </message>
        <message>
            <source>TokenWatch used {percent}% of a processor core for a minute, and its limit is {limit}%, so its figures follow more slowly. The setting own_cpu_percent changes the limit.</source>
            <translation>TokenWatch 在一分钟内占用了处理器核心的 {percent}%，而限度为 {limit}%，因此数字更新较慢。设置 own_cpu_percent 可更改限度。</translation>
        </message>
        <message>
            <source>Newer prices could not be fetched because of a mistake in TokenWatch.</source>
            <translation>由于 TokenWatch 的错误，无法获取更新的价格。</translation>
        </message>
        <message>
            <source>No tray was found on this desktop, so this window stands in for the icon and closing it ends TokenWatch. GNOME shows icons with the AppIndicator extension.</source>
            <translation>此桌面没有托盘，因此由此窗口代替图标，关闭窗口即退出 TokenWatch。GNOME 需要 AppIndicator 扩展才能显示图标。</translation>
        </message>
        <message>
            <source>Show the panel</source>
            <translation>显示面板</translation>
        </message>
        <message>
            <source>{name} could not be written ({why}).</source>
            <translation>无法写入 {name}（{why}）。</translation>
        </message>
        <message>
            <source>{name} could not be written.</source>
            <translation>{name} 无法写入。</translation>
        </message>
        <message>
            <source>{keyring}, unlocked</source>
            <translation>{keyring}，已解锁</translation>
        </message>
        <message>
            <source>Licences</source>
            <translation>许可证</translation>
        </message>
        <message>
            <source>Packages</source>
            <translation>软件包</translation>
        </message>
        <message>
            <source>Licence text</source>
            <translation>许可证文本</translation>
        </message>
        <message>
            <source>Its text is in its package.</source>
            <translation>其文本在其软件包中。</translation>
        </message>
        <message>
            <source>{value} {at}, in {duration}</source>
            <translation>{at} {value}，还有 {duration}</translation>
        </message>
        <message>
            <source>{words} block</source>
            <translation>{words}时段</translation>
        </message>
        <message>
            <source>{words} window</source>
            <translation>{words}窗口</translation>
        </message>
        <message>
            <source>new tokens, an estimate from own counts</source>
            <translation>新令牌，据自身计数估计</translation>
        </message>
        <message>
            <source>reset {at}, {duration} ago</source>
            <translation>{at} 已重置，{duration}前</translation>
        </message>
        <message>
            <source>1 point</source>
            <translation>1 个百分点</translation>
        </message>
        <message>
            <source>{whole} points</source>
            <translation>{whole} 个百分点</translation>
        </message>
        <message>
            <source>has reset, not read since</source>
            <translation>已重置，此后未读取</translation>
        </message>
        <message>
            <source>used up</source>
            <translation>已用完</translation>
        </message>
        <message>
            <source>none is running</source>
            <translation>无进行中</translation>
        </message>
        <message>
            <source>Runs out {out_words}, {duration} before reset</source>
            <translation>{out_words}用完，比重置早 {duration}</translation>
        </message>
        <message>
            <source>Used up</source>
            <translation>已用完</translation>
        </message>
        <message>
            <source>Lasts until reset</source>
            <translation>可用到重置</translation>
        </message>
        <message>
            <source>{an_hour}% an hour</source>
            <translation>每小时 {an_hour}%</translation>
        </message>
        <message>
            <source>average since {since}</source>
            <translation>自 {since} 起平均</translation>
        </message>
        <message>
            <source>{left}% an hour</source>
            <translation>每小时 {left}%</translation>
        </message>
        <message>
            <source>would last until the reset</source>
            <translation>可维持到重置</translation>
        </message>
        <message>
            <source>{words}; the largest had {tokens}</source>
            <translation>{words}；最大为 {tokens}</translation>
        </message>
        <message>
            <source>on pace</source>
            <translation>进度正常</translation>
        </message>
        <message>
            <source>, lasts until reset</source>
            <translation>，可用到重置</translation>
        </message>
        <message>
            <source>ends about</source>
            <translation>约结束于</translation>
        </message>
        <message>
            <source>resets</source>
            <translation>重置</translation>
        </message>
        <message>
            <source>of this week’s new tokens</source>
            <translation>占本周新令牌</translation>
        </message>
        <message>
            <source>{percent} by {weekday_and_clock}</source>
            <translation>到 {weekday_and_clock} 为 {percent}</translation>
        </message>
        <message>
            <source>if it goes on like this</source>
            <translation>若照此继续</translation>
        </message>
        <message>
            <source>as of {when}</source>
            <translation>截至 {when}</translation>
        </message>
        <message>
            <source>{full} of {len} windows</source>
            <translation>{len} 个窗口中的 {full} 个</translation>
        </message>
        <message>
            <source>used up in two weeks</source>
            <translation>两周内用完</translation>
        </message>
        <message>
            <source>ahead</source>
            <translation>超前</translation>
        </message>
        <message>
            <source>in hand</source>
            <translation>富余</translation>
        </message>
        <message>
            <source> and {len} more</source>
            <translation>，另有 {len} 个</translation>
        </message>
        <message>
            <source>This is a test</source>
            <translation>这是测试</translation>
        </message>
        <message>
            <source>Notifications of TokenWatch look like this.</source>
            <translation>TokenWatch 的通知是这个样子。</translation>
        </message>
        <message>
            <source>Open Alerts</source>
            <translation>打开提醒</translation>
        </message>
        <message>
            <source>the notification service speaks nonsense</source>
            <translation>通知服务的应答无法理解</translation>
        </message>
        <message>
            <source>of an error in this program</source>
            <translation>本程序出错</translation>
        </message>
        <message>
            <source>the system refused</source>
            <translation>系统拒绝</translation>
        </message>
        <message>
            <source>Snooze 1 hour</source>
            <translation>推迟 1 小时</translation>
        </message>
        <message>
            <source>Notifications cannot be shown: {plain}. Alerts are listed in the window.</source>
            <translation>无法显示通知：{plain}。提醒列在窗口中。</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>打开</translation>
        </message>
        <message>
            <source>Nothing is running</source>
            <translation>没有运行中的代理</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>继续</translation>
        </message>
        <message>
            <source>Paused since {at}</source>
            <translation>自 {at} 起暂停</translation>
        </message>
        <message>
            <source> And {len} more.</source>
            <translation> 另有 {len} 个。</translation>
        </message>
        <message>
            <source>Open window</source>
            <translation>打开窗口</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>暂停</translation>
        </message>
        <message>
            <source>Snooze</source>
            <translation>推迟</translation>
        </message>
        <message>
            <source>Stop watching until you resume ({keys})</source>
            <translation>暂停监视，直到您继续 ({keys})</translation>
        </message>
        <message>
            <source>No alerts for one hour ({keys})</source>
            <translation>一小时内不提醒 ({keys})</translation>
        </message>
        <message>
            <source>Reading logs</source>
            <translation>正在读取日志</translation>
        </message>
        <message>
            <source>Looking for agents</source>
            <translation>正在查找代理</translation>
        </message>
        <message>
            <source>Those that run appear in a second.</source>
            <translation>运行中的代理会在一秒内出现。</translation>
        </message>
        <message>
            <source>A session appears here as soon as an agent works.</source>
            <translation>代理一开始工作，会话就会出现在这里。</translation>
        </message>
        <message>
            <source>Resume at {time}</source>
            <translation>{time} 恢复</translation>
        </message>
        <message>
            <source>Logs written meanwhile are counted on resume. Nothing is lost.</source>
            <translation>期间写入的日志在继续时计入，不会丢失。</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>设置</translation>
        </message>
        <message>
            <source>The first numbers appear in a few seconds.</source>
            <translation>几秒后出现第一批数字。</translation>
        </message>
        <message>
            <source>Nothing can be read now</source>
            <translation>目前无法读取</translation>
        </message>
        <message>
            <source>TokenWatch tries again by itself. Agents may still be working.</source>
            <translation>TokenWatch 会自动重试。代理可能仍在工作。</translation>
        </message>
        <message>
            <source>No coding agents found yet</source>
            <translation>尚未发现编程代理</translation>
        </message>
        <message>
            <source>Paused from {at} until {until}</source>
            <translation>从 {at} 暂停到 {until}</translation>
        </message>
        <message>
            <source>Money</source>
            <translation>金额</translation>
        </message>
        <message>
            <source>Agents</source>
            <translation>代理</translation>
        </message>
        <message>
            <source>Limits and sources</source>
            <translation>限额与来源</translation>
        </message>
        <message>
            <source>off</source>
            <translation>关</translation>
        </message>
        <message>
            <source>20:00–08:00</source>
            <translation>20:00–08:00</translation>
        </message>
        <message>
            <source>22:00–07:00</source>
            <translation>22:00–07:00</translation>
        </message>
        <message>
            <source>00:00–09:00</source>
            <translation>00:00–09:00</translation>
        </message>
        <message>
            <source>Alerts</source>
            <translation>提醒</translation>
        </message>
        <message>
            <source>New rule</source>
            <translation>新规则</translation>
        </message>
        <message>
            <source>Tell me when a project, an agent or everything passes an amount</source>
            <translation>当某个项目、代理或总额超过一个金额时通知</translation>
        </message>
        <message>
            <source>Notifications on the desktop</source>
            <translation>桌面通知</translation>
        </message>
        <message>
            <source>Send a test</source>
            <translation>发送测试</translation>
        </message>
        <message>
            <source>Mark all read</source>
            <translation>全部标为已读</translation>
        </message>
        <message>
            <source>History</source>
            <translation>历史</translation>
        </message>
        <message>
            <source>{count} this month</source>
            <translation>本月 {count} 条</translation>
        </message>
        <message>
            <source>{count} muted</source>
            <translation>{count} 条已静音</translation>
        </message>
        <message>
            <source>Quiet hours</source>
            <translation>免打扰时间</translation>
        </message>
        <message>
            <source>on the desktop</source>
            <translation>在桌面上</translation>
        </message>
        <message>
            <source>Notifications</source>
            <translation>通知</translation>
        </message>
        <message>
            <source>{first}–{last} {month}</source>
            <translation>{month}{first}–{last}日</translation>
        </message>
        <message>
            <source>Breakdown</source>
            <translation>明细</translation>
        </message>
        <message>
            <source>This month</source>
            <translation>本月</translation>
        </message>
        <message>
            <source>Last month</source>
            <translation>上月</translation>
        </message>
        <message>
            <source>Last 7 days</source>
            <translation>最近 7 天</translation>
        </message>
        <message>
            <source>Last 30 days</source>
            <translation>最近 30 天</translation>
        </message>
        <message>
            <source>This year</source>
            <translation>今年</translation>
        </message>
        <message>
            <source>All days</source>
            <translation>所有日子</translation>
        </message>
        <message>
            <source>From … to …</source>
            <translation>从…到…</translation>
        </message>
        <message>
            <source>Project</source>
            <translation>项目</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Agent</source>
            <translation>代理</translation>
        </message>
        <message>
            <source>Session</source>
            <translation>会话</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>日</translation>
        </message>
        <message>
            <source>{day} {month}</source>
            <translation>{month}{day}日</translation>
        </message>
        <message>
            <source>Export CSV</source>
            <translation>导出 CSV</translation>
        </message>
        <message>
            <source>Save the rows shown as a file ({keys})</source>
            <translation>将所示行存为文件 ({keys})</translation>
        </message>
        <message>
            <source>Group by</source>
            <translation>分组</translation>
        </message>
        <message>
            <source>Copy path</source>
            <translation>复制路径</translation>
        </message>
        <message>
            <source>Where it comes from</source>
            <translation>数字的来源</translation>
        </message>
        <message>
            <source>Set a budget…</source>
            <translation>设置预算…</translation>
        </message>
        <message>
            <source>Reading the ledger</source>
            <translation>正在读取账本</translation>
        </message>
        <message>
            <source>The rows appear in a moment.</source>
            <translation>稍后显示各行。</translation>
        </message>
        <message>
            <source>The ledger cannot be read now</source>
            <translation>目前无法读取账本</translation>
        </message>
        <message>
            <source>Days to show</source>
            <translation>显示的日子</translation>
        </message>
        <message>
            <source>Find a project</source>
            <translation>查找项目</translation>
        </message>
        <message>
            <source>Find a model</source>
            <translation>查找模型</translation>
        </message>
        <message>
            <source>Find an agent</source>
            <translation>查找代理</translation>
        </message>
        <message>
            <source>Find a session</source>
            <translation>查找会话</translation>
        </message>
        <message>
            <source>Find a day</source>
            <translation>查找日期</translation>
        </message>
        <message>
            <source>any</source>
            <translation>全部</translation>
        </message>
        <message>
            <source>by use</source>
            <translation>按用量</translation>
        </message>
        <message>
            <source>in a plan</source>
            <translation>套餐内</translation>
        </message>
        <message>
            <source>Billing</source>
            <translation>计费</translation>
        </message>
        <message>
            <source>Nothing was used in these days</source>
            <translation>这些日子没有用量</translation>
        </message>
        <message>
            <source>Choose other days, or fewer filters.</source>
            <translation>请选择其他日子或减少筛选。</translation>
        </message>
        <message>
            <source>From</source>
            <translation>从</translation>
        </message>
        <message>
            <source>To</source>
            <translation>到</translation>
        </message>
        <message>
            <source>all inside plans</source>
            <translation>全部在套餐内</translation>
        </message>
        <message>
            <source>part of it inside plans</source>
            <translation>部分在套餐内</translation>
        </message>
        <message>
            <source>read from the agents’ own logs, and from Claude Code’s status line if you switched that on</source>
            <translation>读自代理自身的日志，以及您启用的 Claude Code 状态栏</translation>
        </message>
        <message>
            <source>read from the agents’ own logs</source>
            <translation>读自代理自身的日志</translation>
        </message>
        <message>
            <source>Limits</source>
            <translation>限额</translation>
        </message>
        <message>
            <source>No limits are known</source>
            <translation>没有已知限额</translation>
        </message>
        <message>
            <source>Codex writes the limits of a plan into its logs. Claude Code tells them to its status line: Settings &gt; Accounts can listen there. Where neither is, nothing is guessed.</source>
            <translation>Codex 把套餐限额写入日志。Claude Code 告知其状态栏：可在“设置 &gt; 账户”中监听。两者都没有时不作猜测。</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>重新查找</translation>
        </message>
        <message>
            <source>Read all logs again now (F5)</source>
            <translation>立即重读所有日志 (F5)</translation>
        </message>
        <message>
            <source>Checked against the bill</source>
            <translation>与账单核对</translation>
        </message>
        <message>
            <source>UTC days; nothing is made to fit</source>
            <translation>UTC 日；不作任何调整</translation>
        </message>
        <message>
            <source>Limits appear in a few seconds, if any agent told of one.</source>
            <translation>若有代理报告限额，几秒后显示。</translation>
        </message>
        <message>
            <source>Live</source>
            <translation>实时</translation>
        </message>
        <message>
            <source>Time shown</source>
            <translation>显示的时间</translation>
        </message>
        <message>
            <source>Last hour</source>
            <translation>最近一小时</translation>
        </message>
        <message>
            <source>tokens/min, and who was working</source>
            <translation>令牌/分钟，以及谁在工作</translation>
        </message>
        <message>
            <source>the striped part is missing {agents}</source>
            <translation>条纹部分缺少 {agents}</translation>
        </message>
        <message>
            <source>Paused since {since}</source>
            <translation>自 {since} 起暂停</translation>
        </message>
        <message>
            <source>Spend</source>
            <translation>花费</translation>
        </message>
        <message>
            <source>adds up from the 1st; past projections missed by {error}</source>
            <translation>自 1 日起累计；以往预测偏差 {error}</translation>
        </message>
        <message>
            <source>Prices</source>
            <translation>价格</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>导出</translation>
        </message>
        <message>
            <source>This month, day by day</source>
            <translation>本月逐日</translation>
        </message>
        <message>
            <source>Per day, metered</source>
            <translation>每日按量</translation>
        </message>
        <message>
            <source>Tokens per day</source>
            <translation>每日令牌</translation>
        </message>
        <message>
            <source>at API prices, from the 1st</source>
            <translation>按 API 价，自 1 日起</translation>
        </message>
        <message>
            <source>adds up from the 1st; the pace changed this week, so the last days count more</source>
            <translation>自 1 日起累计；本周节奏有变，因此最近几天权重更大</translation>
        </message>
        <message>
            <source>adds up from the 1st</source>
            <translation>自 1 日起累计</translation>
        </message>
        <message>
            <source>The month, day by day</source>
            <translation>该月逐日</translation>
        </message>
        <message>
            <source>days begin in {zone}</source>
            <translation>日界按 {zone}</translation>
        </message>
        <message>
            <source>Budgets and prices</source>
            <translation>预算与价格</translation>
        </message>
        <message>
            <source>Comma-separated values</source>
            <translation>逗号分隔值</translation>
        </message>
        <message>
            <source>JSON</source>
            <translation>JSON</translation>
        </message>
        <message>
            <source>{agent} seems to run on {plan}, {fee} a month</source>
            <translation>{agent} 似乎使用 {plan}，每月 {fee}</translation>
        </message>
        <message>
            <source>So far</source>
            <translation>至今</translation>
        </message>
        <message>
            <source>Projected</source>
            <translation>预计</translation>
        </message>
        <message>
            <source>Budget</source>
            <translation>预算</translation>
        </message>
        <message>
            <source>Chance of going over</source>
            <translation>超支可能</translation>
        </message>
        <message>
            <source>Per day, at API prices</source>
            <translation>每日按 API 价</translation>
        </message>
        <message>
            <source>What you pay</source>
            <translation>您支付</translation>
        </message>
        <message>
            <source>At API prices</source>
            <translation>按 API 价</translation>
        </message>
        <message>
            <source>Yes, count it</source>
            <translation>是，计入</translation>
        </message>
        <message>
            <source>No, I pay by use</source>
            <translation>否，我按量付费</translation>
        </message>
        <message>
            <source>The fee of {plan} is not counted: no rate of {currency} is known</source>
            <translation>{plan} 的费用未计入：没有 {currency} 的汇率</translation>
        </message>
        <message>
            <source>less</source>
            <translation>少</translation>
        </message>
        <message>
            <source>more</source>
            <translation>多</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>价值</translation>
        </message>
        <message>
            <source>Copy summary</source>
            <translation>复制摘要</translation>
        </message>
        <message>
            <source>is it worth it?</source>
            <translation>值得吗？</translation>
        </message>
        <message>
            <source>What if</source>
            <translation>如果</translation>
        </message>
        <message>
            <source>Read these with care</source>
            <translation>请谨慎解读</translation>
        </message>
        <message>
            <source>You pay, so far</source>
            <translation>至今支付</translation>
        </message>
        <message>
            <source>Same work at API prices</source>
            <translation>同样的工作按 API 价</translation>
        </message>
        <message>
            <source>You get</source>
            <translation>您得到</translation>
        </message>
        <message>
            <source>Plans alone</source>
            <translation>仅套餐</translation>
        </message>
        <message>
            <source>What if, for the whole of {month}</source>
            <translation>如果，整个{month}</translation>
        </message>
        <message>
            <source>It is before the first log that was found.</source>
            <translation>它早于找到的第一份日志。</translation>
        </message>
        <message>
            <source>What is used is set against list prices here, as it comes.</source>
            <translation>用量产生后，会在这里与标价对比。</translation>
        </message>
        <message>
            <source>Nothing is known of this month</source>
            <translation>没有这个月的数据</translation>
        </message>
        <message>
            <source>No plan is set</source>
            <translation>未设置套餐</translation>
        </message>
        <message>
            <source>What you pay is then what was used, at list prices. If you pay a flat fee, name it in Settings &gt; Plans &amp; prices: what it gives for that is shown here, and since when it has paid for itself.</source>
            <translation>这时您支付的就是按标价计算的用量。如果您支付固定费用，请在“设置 &gt; 套餐与价格”中填写：这里会显示它带来多少，以及从哪天起回本。</translation>
        </message>
        <message>
            <source>TokenWatch sends nothing. Read the text and change it as you like; then copy or save it, and send it yourself. Names of projects and paths are left out.</source>
            <translation>TokenWatch 不发送任何内容。请阅读并随意修改文本，然后复制或保存，自行发送。其中不含项目名称和路径。</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>报告问题</translation>
        </message>
        <message>
            <source>Project {number}</source>
            <translation>项目 {number}</translation>
        </message>
        <message>
            <source>An alert, hidden while you share the screen</source>
            <translation>共享屏幕时隐藏的提醒</translation>
        </message>
        <message>
            <source>Hidden</source>
            <translation>已隐藏</translation>
        </message>
        <message>
            <source>there is no session bus</source>
            <translation>没有会话总线</translation>
        </message>
        <message>
            <source>the session bus cannot be reached ({error})</source>
            <translation>无法连接会话总线（{error}）</translation>
        </message>
        <message>
            <source>{service} refused {member}</source>
            <translation>{service} 拒绝了 {member}</translation>
        </message>
        <message>
            <source>{service} does not answer</source>
            <translation>{service} 没有应答</translation>
        </message>
        <message>
            <source>the session bus is gone ({error})</source>
            <translation>会话总线已断开（{error}）</translation>
        </message>
        <message>
            <source>Where its figures come from</source>
            <translation>其数字的来源</translation>
        </message>
        <message>
            <source>Copy session id</source>
            <translation>复制会话 ID</translation>
        </message>
        <message>
            <source>Open project folder</source>
            <translation>打开项目文件夹</translation>
        </message>
        <message>
            <source>Show log</source>
            <translation>显示日志</translation>
        </message>
        <message>
            <source>Go to its terminal</source>
            <translation>转到其终端</translation>
        </message>
        <message>
            <source>Stop…</source>
            <translation>停止…</translation>
        </message>
        <message>
            <source>TokenWatch</source>
            <translation>TokenWatch</translation>
        </message>
        <message>
            <source>The folder could not be opened.</source>
            <translation>无法打开文件夹。</translation>
        </message>
        <message>
            <source>It still runs.</source>
            <translation>它仍在运行。</translation>
        </message>
        <message>
            <source>Terminate it? What it was doing is lost.</source>
            <translation>强制结束吗？正在进行的工作将丢失。</translation>
        </message>
        <message>
            <source>Terminate</source>
            <translation>结束</translation>
        </message>
        <message>
            <source>Stop this agent?</source>
            <translation>停止此代理？</translation>
        </message>
        <message>
            <source>It is interrupted as by {keys}.</source>
            <translation>如同按 {keys} 一样中断。</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Free software under the MIT licence. Built with Qt.</source>
            <translation>MIT 许可的自由软件，使用 Qt 构建。</translation>
        </message>
        <message>
            <source>Pause watching, and resume</source>
            <translation>暂停与继续监视</translation>
        </message>
        <message>
            <source>Snooze alerts for an hour</source>
            <translation>推迟提醒一小时</translation>
        </message>
        <message>
            <source>Look at all logs again</source>
            <translation>重读所有日志</translation>
        </message>
        <message>
            <source>Show a chart as a table</source>
            <translation>以表格显示图表</translation>
        </message>
        <message>
            <source>Copy a row</source>
            <translation>复制一行</translation>
        </message>
        <message>
            <source>Fold and unfold agents</source>
            <translation>展开与折叠代理</translation>
        </message>
        <message>
            <source>Go to the terminal of an agent</source>
            <translation>转到代理的终端</translation>
        </message>
        <message>
            <source>Find in a table</source>
            <translation>在表格中查找</translation>
        </message>
        <message>
            <source>Save what is shown as a file</source>
            <translation>将所示内容存为文件</translation>
        </message>
        <message>
            <source>Sort a table by another column, or the other way round</source>
            <translation>按其他列或反向排序表格</translation>
        </message>
        <message>
            <source>Hide names and money</source>
            <translation>隐藏名称与金额</translation>
        </message>
        <message>
            <source>Close the window, the panel or this dialog</source>
            <translation>关闭窗口、面板或此对话框</translation>
        </message>
        <message>
            <source>About</source>
            <translation>关于</translation>
        </message>
        <message>
            <source>What TokenWatch takes</source>
            <translation>TokenWatch 的占用</translation>
        </message>
        <message>
            <source>It is measured every minute.</source>
            <translation>每分钟测量一次。</translation>
        </message>
        <message>
            <source>What is new…</source>
            <translation>新增内容…</translation>
        </message>
        <message>
            <source>Licences…</source>
            <translation>许可证…</translation>
        </message>
        <message>
            <source>Report a problem…</source>
            <translation>报告问题…</translation>
        </message>
        <message>
            <source>Keyboard</source>
            <translation>键盘</translation>
        </message>
        <message>
            <source>{size} of memory</source>
            <translation>内存 {size}</translation>
        </message>
        <message>
            <source>a ledger of {size}</source>
            <translation>账本 {size}</translation>
        </message>
        <message>
            <source>What changed is not known here.</source>
            <translation>此处没有更新内容。</translation>
        </message>
        <message>
            <source>What is new in {version}</source>
            <translation>{version} 的新增内容</translation>
        </message>
        <message>
            <source>Turn to {join}</source>
            <translation>转到 {join}</translation>
        </message>
        <message>
            <source>{keys} to {last}</source>
            <translation>{keys} 至 {last}</translation>
        </message>
        <message>
            <source>{percent}% of one processor core</source>
            <translation>一个处理器核心的 {percent}%</translation>
        </message>
        <message>
            <source>{count} open files</source>
            <translation>{count} 个打开的文件</translation>
        </message>
        <message>
            <source>It looks less often now, because that is more than you allow.</source>
            <translation>由于超过了您允许的限度，现在查看得较少。</translation>
        </message>
        <message>
            <source>Accounts</source>
            <translation>账户</translation>
        </message>
        <message>
            <source>Optional: TokenWatch works from local logs alone. An admin key lets it compare its count with the provider’s bill. Keys are kept in the system’s keyring, never in a file.</source>
            <translation>可选：TokenWatch 仅凭本地日志工作。有管理密钥即可将计数与账单核对。密钥存于系统密钥环，绝不写入文件。</translation>
        </message>
        <message>
            <source>Check bills</source>
            <translation>核对账单</translation>
        </message>
        <message>
            <source>Check now</source>
            <translation>立即核对</translation>
        </message>
        <message>
            <source>Import a file…</source>
            <translation>导入文件…</translation>
        </message>
        <message>
            <source>A CSV file exported from the Claude Console or the OpenAI platform</source>
            <translation>从 Claude Console 或 OpenAI 平台导出的 CSV 文件</translation>
        </message>
        <message>
            <source>Import a bill</source>
            <translation>导入账单</translation>
        </message>
        <message>
            <source>CSV files (*.csv *.tsv *.txt)</source>
            <translation>CSV 文件 (*.csv *.tsv *.txt)</translation>
        </message>
        <message>
            <source>Admin key of {provider}</source>
            <translation>{provider} 的管理密钥</translation>
        </message>
        <message>
            <source>admin key</source>
            <translation>管理密钥</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>移除</translation>
        </message>
        <message>
            <source>a few times a day, with the keys above</source>
            <translation>每天数次，用上面的密钥</translation>
        </message>
        <message>
            <source>No keyring can be asked here.</source>
            <translation>此处没有可用的密钥环。</translation>
        </message>
        <message>
            <source>{provider}, {month}: billed {billed}, here {here}.</source>
            <translation>{provider}，{month}：账单 {billed}，此处 {here}。</translation>
        </message>
        <message>
            <source>No bill is known yet.</source>
            <translation>尚无已知账单。</translation>
        </message>
        <message>
            <source>Admin key, ends {last}</source>
            <translation>管理密钥，尾号 {last}</translation>
        </message>
        <message>
            <source>not connected</source>
            <translation>未连接</translation>
        </message>
        <message>
            <source>Correct the file and look again (F5 in the window). Until then defaults stand for these.</source>
            <translation>更正文件后重新读取（窗口中按 F5）。在此之前使用默认值。</translation>
        </message>
        <message>
            <source>{percent}% of one core</source>
            <translation>一个核心的 {percent}%</translation>
        </message>
        <message>
            <source>no limit</source>
            <translation>不限</translation>
        </message>
        <message>
            <source>Advanced</source>
            <translation>高级</translation>
        </message>
        <message>
            <source>Start at login</source>
            <translation>登录时启动</translation>
        </message>
        <message>
            <source>Count cache reads into the token rate</source>
            <translation>令牌速率计入缓存读取</translation>
        </message>
        <message>
            <source>Time zone</source>
            <translation>时区</translation>
        </message>
        <message>
            <source>Token rate</source>
            <translation>令牌速率</translation>
        </message>
        <message>
            <source>Processor limit</source>
            <translation>处理器限度</translation>
        </message>
        <message>
            <source>Log detail</source>
            <translation>日志详细程度</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>复制</translation>
        </message>
        <message>
            <source>Copy command</source>
            <translation>复制命令</translation>
        </message>
        <message>
            <source>Command line</source>
            <translation>命令行</translation>
        </message>
        <message>
            <source>Reset all settings</source>
            <translation>重置所有设置</translation>
        </message>
        <message>
            <source>Rebuild history from logs…</source>
            <translation>从日志重建历史…</translation>
        </message>
        <message>
            <source>And {len} more.</source>
            <translation>另有 {len} 处。</translation>
        </message>
        <message>
            <source>Every log that is still there is read from its beginning. What was counted stays as it is and is not counted twice, also what no log holds any more; what was missed is added. With large logs this takes minutes, and the figures stay usable meanwhile.</source>
            <translation>将从头读取所有仍存在的日志。已计数的内容保持不变，不会重复计数，即使日志中已不再有；遗漏的会补上。日志较大时需要几分钟，期间数字仍可使用。</translation>
        </message>
        <message>
            <source>Read all logs again</source>
            <translation>重新读取所有日志</translation>
        </message>
        <message>
            <source>All logs are read again…</source>
            <translation>正在重新读取所有日志…</translation>
        </message>
        <message>
            <source>All settings are as they were at first.</source>
            <translation>所有设置已恢复原状。</translation>
        </message>
        <message>
            <source>hidden in the tray</source>
            <translation>隐藏在托盘中</translation>
        </message>
        <message>
            <source>counts tokens read from a cache, too</source>
            <translation>也计入从缓存读取的令牌</translation>
        </message>
        <message>
            <source>for days and months</source>
            <translation>用于日与月</translation>
        </message>
        <message>
            <source>Little</source>
            <translation>少</translation>
        </message>
        <message>
            <source>Normal</source>
            <translation>正常</translation>
        </message>
        <message>
            <source>Much</source>
            <translation>多</translation>
        </message>
        <message>
            <source>never what was said</source>
            <translation>绝不含对话内容</translation>
        </message>
        <message>
            <source>Settings file</source>
            <translation>设置文件</translation>
        </message>
        <message>
            <source>Open the data folder</source>
            <translation>打开数据文件夹</translation>
        </message>
        <message>
            <source>Data folder</source>
            <translation>数据文件夹</translation>
        </message>
        <message>
            <source>now {percent}%</source>
            <translation>当前 {percent}%</translation>
        </message>
        <message>
            <source>this computer’s: {own}</source>
            <translation>本机时区：{own}</translation>
        </message>
        <message>
            <source>this computer’s</source>
            <translation>本机时区</translation>
        </message>
        <message>
            <source>Not a time zone, such as Europe/Berlin</source>
            <translation>不是 Europe/Berlin 这样的时区</translation>
        </message>
        <message>
            <source>{percent} of the logs read</source>
            <translation>已读 {percent} 的日志</translation>
        </message>
        <message>
            <source>All logs were read again.</source>
            <translation>所有日志已重新读取。</translation>
        </message>
        <message>
            <source>Appearance</source>
            <translation>外观</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>主题</translation>
        </message>
        <message>
            <source>The number counts</source>
            <translation>数字表示</translation>
        </message>
        <message>
            <source>Rows</source>
            <translation>行距</translation>
        </message>
        <message>
            <source>Text size</source>
            <translation>文字大小</translation>
        </message>
        <message>
            <source>Add patterns to the colours</source>
            <translation>为颜色添加图案</translation>
        </message>
        <message>
            <source>Motion</source>
            <translation>动画</translation>
        </message>
        <message>
            <source>Tray icon</source>
            <translation>托盘图标</translation>
        </message>
        <message>
            <source>Charts</source>
            <translation>图表</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>语言</translation>
        </message>
        <message>
            <source>System</source>
            <translation>系统</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>浅色</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>深色</translation>
        </message>
        <message>
            <source>Compact</source>
            <translation>紧凑</translation>
        </message>
        <message>
            <source>Roomy</source>
            <translation>宽松</translation>
        </message>
        <message>
            <source>On</source>
            <translation>开</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>关</translation>
        </message>
        <message>
            <source>As the system does</source>
            <translation>跟随系统</translation>
        </message>
        <message>
            <source>add patterns to the colours</source>
            <translation>为颜色添加图案</translation>
        </message>
        <message>
            <source>the panel and new colours fade in</source>
            <translation>面板与新颜色淡入</translation>
        </message>
        <message>
            <source>who works</source>
            <translation>工作中的</translation>
        </message>
        <message>
            <source>all open</source>
            <translation>所有打开的</translation>
        </message>
        <message>
            <source>with sub-agents</source>
            <translation>含子代理</translation>
        </message>
        <message>
            <source>Budgets &amp; alerts</source>
            <translation>预算与提醒</translation>
        </message>
        <message>
            <source>Monthly budget in US dollars</source>
            <translation>每月预算（美元）</translation>
        </message>
        <message>
            <source>First day of a month</source>
            <translation>每月第一天</translation>
        </message>
        <message>
            <source>US dollars, from day</source>
            <translation>美元，起始日</translation>
        </message>
        <message>
            <source>Tell me when the projection passes the budget</source>
            <translation>预测超出预算时提醒</translation>
        </message>
        <message>
            <source>Daily budget in US dollars</source>
            <translation>每日预算（美元）</translation>
        </message>
        <message>
            <source>Tell me when an agent waits</source>
            <translation>代理等待时提醒</translation>
        </message>
        <message>
            <source>Monthly budget</source>
            <translation>每月预算</translation>
        </message>
        <message>
            <source>Tell me at</source>
            <translation>提醒于</translation>
        </message>
        <message>
            <source>Also tell me</source>
            <translation>同时提醒</translation>
        </message>
        <message>
            <source>Daily budget</source>
            <translation>每日预算</translation>
        </message>
        <message>
            <source>Agent waiting</source>
            <translation>代理等待</translation>
        </message>
        <message>
            <source>More budgets…</source>
            <translation>更多预算…</translation>
        </message>
        <message>
            <source>The budget of {write} is gone.</source>
            <translation>{write} 的预算已取消。</translation>
        </message>
        <message>
            <source>You are no longer told at {join}.</source>
            <translation>不再于 {join} 时提醒。</translation>
        </message>
        <message>
            <source>A day from 1 to 28</source>
            <translation>1 至 28 之间的日子</translation>
        </message>
        <message>
            <source>of the budget</source>
            <translation>占预算</translation>
        </message>
        <message>
            <source>when the projection passes the budget</source>
            <translation>当预测超出预算时</translation>
        </message>
        <message>
            <source>metered, in US dollars; empty for none</source>
            <translation>按量计费，美元；留空表示无</translation>
        </message>
        <message>
            <source>tell me after {time}</source>
            <translation>{time} 后提醒</translation>
        </message>
        <message>
            <source>on the desktop, at most one a minute</source>
            <translation>在桌面上，每分钟至多一条</translation>
        </message>
        <message>
            <source>only what is urgent is told; empty for none</source>
            <translation>只提醒紧急事项；留空为无</translation>
        </message>
        <message>
            <source>Two clock times such as 20:00-08:00</source>
            <translation>两个时刻，如 20:00-08:00</translation>
        </message>
        <message>
            <source>Not now</source>
            <translation>以后再说</translation>
        </message>
        <message>
            <source>More folders</source>
            <translation>更多文件夹</translation>
        </message>
        <message>
            <source>Another home, an agent’s folder in one, or its folder of logs: a backup, another user’s.</source>
            <translation>另一个主目录、其中某个代理的文件夹，或其日志文件夹：备份或其他用户的。</translation>
        </message>
        <message>
            <source>The agent whose logs are in the folder</source>
            <translation>该文件夹中日志所属的代理</translation>
        </message>
        <message>
            <source>Add a folder…</source>
            <translation>添加文件夹…</translation>
        </message>
        <message>
            <source>Remove {folder}</source>
            <translation>移除 {folder}</translation>
        </message>
        <message>
            <source>{folder} is not looked in any more.</source>
            <translation>不再查看 {folder}。</translation>
        </message>
        <message>
            <source>Add a folder</source>
            <translation>添加文件夹</translation>
        </message>
        <message>
            <source>This folder does not exist.</source>
            <translation>该文件夹不存在。</translation>
        </message>
        <message>
            <source>{count} logs</source>
            <translation>{count} 个日志</translation>
        </message>
        <message>
            <source>No logs of this agent are in it.</source>
            <translation>其中没有该代理的日志。</translation>
        </message>
        <message>
            <source>1 log</source>
            <translation>1 个日志</translation>
        </message>
        <message>
            <source>{count} months</source>
            <translation>{count} 个月</translation>
        </message>
        <message>
            <source>for ever</source>
            <translation>永久</translation>
        </message>
        <message>
            <source>Keep history</source>
            <translation>保留历史</translation>
        </message>
        <message>
            <source>Export my data…</source>
            <translation>导出我的数据…</translation>
        </message>
        <message>
            <source>Stop writing the file</source>
            <translation>停止写入文件</translation>
        </message>
        <message>
            <source>Delete all history…</source>
            <translation>删除全部历史…</translation>
        </message>
        <message>
            <source>Everything that TokenWatch has counted is deleted: requests, tokens, costs, when agents worked, limits, bills and alerts, with all backups. What agents wrote before now is not counted again. Your settings, prices and keys stay, and the files of your agents are never touched. This cannot be undone.</source>
            <translation>TokenWatch 统计的一切都将被删除：请求、令牌、费用、代理的工作时间、限额、账单和提醒，以及所有备份。代理此前写下的内容不会再次计入。您的设置、价格和密钥会保留，代理的文件绝不会被改动。此操作无法撤销。</translation>
        </message>
        <message>
            <source>Delete all history</source>
            <translation>删除全部历史</translation>
        </message>
        <message>
            <source>Everything, as JSON (*.json)</source>
            <translation>全部，JSON 格式 (*.json)</translation>
        </message>
        <message>
            <source>Requests, as comma-separated values (*.csv)</source>
            <translation>请求，逗号分隔值 (*.csv)</translation>
        </message>
        <message>
            <source>Export my data</source>
            <translation>导出我的数据</translation>
        </message>
        <message>
            <source>{done} of {total} requests written…</source>
            <translation>已写入 {total} 个请求中的 {done} 个…</translation>
        </message>
        <message>
            <source>All history is deleted. Counting goes on from now.</source>
            <translation>全部历史已删除。从现在起继续计数。</translation>
        </message>
        <message>
            <source>now {size}</source>
            <translation>当前 {size}</translation>
        </message>
        <message>
            <source>Writing {name}…</source>
            <translation>正在写入 {name}…</translation>
        </message>
        <message>
            <source>Of history the present month and {count} before it are kept. What is older is deleted from TokenWatch with its sums, now and as time goes on, and is not counted again. The files of your agents are not touched. This cannot be undone.</source>
            <translation>历史将保留本月及之前 {count} 个月。更早的内容及其合计会从 TokenWatch 中删除，现在如此，以后也如此，并且不会再次计入。代理的文件不会被改动。此操作无法撤销。</translation>
        </message>
        <message>
            <source>Delete what is older</source>
            <translation>删除更早的内容</translation>
        </message>
        <message>
            <source>Deleting…</source>
            <translation>正在删除…</translation>
        </message>
        <message>
            <source>Stopped. Nothing was written.</source>
            <translation>已停止。没有写入任何内容。</translation>
        </message>
        <message>
            <source>{name} is written, with {count} requests.</source>
            <translation>{name} 已写入，含 {count} 个请求。</translation>
        </message>
        <message>
            <source>Fetch newer prices every week</source>
            <translation>每周获取新价格</translation>
        </message>
        <message>
            <source>Currency</source>
            <translation>货币</translation>
        </message>
        <message>
            <source>How much of it a dollar is</source>
            <translation>一美元等于多少</translation>
        </message>
        <message>
            <source>Fetch rates of currencies every week</source>
            <translation>每周获取汇率</translation>
        </message>
        <message>
            <source>Newer prices</source>
            <translation>新价格</translation>
        </message>
        <message>
            <source>Shown in</source>
            <translation>显示货币</translation>
        </message>
        <message>
            <source>A dollar is</source>
            <translation>一美元等于</translation>
        </message>
        <message>
            <source>Rates</source>
            <translation>汇率</translation>
        </message>
        <message>
            <source>weekly, from genai-prices on GitHub</source>
            <translation>每周，来自 GitHub 上的 genai-prices</translation>
        </message>
        <message>
            <source>three letters, such as EUR</source>
            <translation>三个字母，如 EUR</translation>
        </message>
        <message>
            <source>of it; empty: as fetched</source>
            <translation>留空则使用获取的汇率</translation>
        </message>
        <message>
            <source>weekly, from frankfurter.dev</source>
            <translation>每周，来自 frankfurter.dev</translation>
        </message>
        <message>
            <source>A number, such as 0.92</source>
            <translation>一个数字，如 0.92</translation>
        </message>
        <message>
            <source>Three letters, such as EUR</source>
            <translation>三个字母，如 EUR</translation>
        </message>
        <message>
            <source>Use that a plan covers adds nothing to what you pay. The plan’s fee counts whole on the 1st.</source>
            <translation>套餐内的用量不增加您的支付。套餐费在 1 日全额计入。</translation>
        </message>
        <message>
            <source>Agents appear here once one has been found.</source>
            <translation>发现代理后会出现在这里。</translation>
        </message>
        <message>
            <source>US dollars a month</source>
            <translation>美元每月</translation>
        </message>
        <message>
            <source>By use</source>
            <translation>按用量</translation>
        </message>
        <message>
            <source>Plan</source>
            <translation>套餐</translation>
        </message>
        <message>
            <source>Plans &amp; prices</source>
            <translation>套餐与价格</translation>
        </message>
        <message>
            <source>Plans with dates…</source>
            <translation>带日期的套餐…</translation>
        </message>
        <message>
            <source>Show all {count}</source>
            <translation>显示全部 {count} 个</translation>
        </message>
        <message>
            <source>The fee of {fee} for {name} is gone.</source>
            <translation>{name} 的 {fee} 费用已取消。</translation>
        </message>
        <message>
            <source>How the use of {name} is paid</source>
            <translation>{name} 的付费方式</translation>
        </message>
        <message>
            <source>Monthly fee for {name} in US dollars</source>
            <translation>{name} 每月费用（美元）</translation>
        </message>
        <message>
            <source>All plans: {money_set} a month</source>
            <translation>全部套餐：每月 {money_set}</translation>
        </message>
        <message>
            <source>Input</source>
            <translation>输入</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>输出</translation>
        </message>
        <message>
            <source>Cache read</source>
            <translation>缓存读取</translation>
        </message>
        <message>
            <source>Cache write</source>
            <translation>缓存写入</translation>
        </message>
        <message>
            <source>Update</source>
            <translation>更新</translation>
        </message>
        <message>
            <source>Fetch newer prices now</source>
            <translation>立即获取新价格</translation>
        </message>
        <message>
            <source>Price list</source>
            <translation>价格表</translation>
        </message>
        <message>
            <source>Set for a model…</source>
            <translation>为模型设置…</translation>
        </message>
        <message>
            <source>Your own price</source>
            <translation>自定价格</translation>
        </message>
        <message>
            <source>Per million tokens</source>
            <translation>每百万 token</translation>
        </message>
        <message>
            <source>no price</source>
            <translation>无价格</translation>
        </message>
        <message>
            <source>past days keep their price</source>
            <translation>过去的日子保持原价</translation>
        </message>
        <message>
            <source>discounts, gateways, local models</source>
            <translation>折扣、网关、本地模型</translation>
        </message>
        <message>
            <source>your price</source>
            <translation>您的价格</translation>
        </message>
        <message>
            <source>Kept: token counts, times, models, and names of projects and tools. Never kept: prompts, answers, code, keys.</source>
            <translation>保留：令牌数、时间、模型、项目与工具名。绝不保留：提示、回答、代码、密钥。</translation>
        </message>
        <message>
            <source>hide project names and money ({keys})</source>
            <translation>隐藏项目名与金额 ({keys})</translation>
        </message>
        <message>
            <source>Privacy</source>
            <translation>隐私</translation>
        </message>
        <message>
            <source>Your logs stay on this computer.</source>
            <translation>您的日志留在这台电脑上。</translation>
        </message>
        <message>
            <source>Show what agents do</source>
            <translation>显示代理在做什么</translation>
        </message>
        <message>
            <source>Fetch newer prices</source>
            <translation>获取新价格</translation>
        </message>
        <message>
            <source>Fetch rates of currencies</source>
            <translation>获取汇率</translation>
        </message>
        <message>
            <source>What agents do</source>
            <translation>代理动作</translation>
        </message>
        <message>
            <source>Screen sharing</source>
            <translation>屏幕共享</translation>
        </message>
        <message>
            <source>Goes online for</source>
            <translation>联网用于</translation>
        </message>
        <message>
            <source>Currency rates</source>
            <translation>汇率</translation>
        </message>
        <message>
            <source>Bill checks</source>
            <translation>账单核对</translation>
        </message>
        <message>
            <source>A bill check sends {anthropic} and {openai} the admin key you typed for each, and the days that are asked for. Nothing that was counted here is ever sent, and nobody else is asked.</source>
            <translation>核对时向 {anthropic} 与 {openai} 发送您各自输入的管理密钥和查询的日期。此处的计数从不发送，也不询问他人。</translation>
        </message>
        <message>
            <source>“Editing session.ts”, read live, not kept</source>
            <translation>“正在编辑 session.ts”，实时读取，不保留</translation>
        </message>
        <message>
            <source>{host}, weekly, no identifiers</source>
            <translation>{host}，每周，无标识</translation>
        </message>
        <message>
            <source>only providers under Accounts</source>
            <translation>仅“账户”中的服务商</translation>
        </message>
        <message>
            <source>a month</source>
            <translation>每月</translation>
        </message>
        <message>
            <source>a week</source>
            <translation>每周</translation>
        </message>
        <message>
            <source>a day</source>
            <translation>每天</translation>
        </message>
        <message>
            <source>More budgets</source>
            <translation>更多预算</translation>
        </message>
        <message>
            <source>a project</source>
            <translation>一个项目</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>全部</translation>
        </message>
        <message>
            <source>at API prices</source>
            <translation>按 API 价</translation>
        </message>
        <message>
            <source>{used} of {amount}</source>
            <translation>{amount} 中已用 {used}</translation>
        </message>
        <message>
            <source>keys that show the panel from any program; your desktop asks you for them</source>
            <translation>在任何程序中显示面板的按键；桌面会询问您</translation>
        </message>
        <message>
            <source>your desktop asks you now</source>
            <translation>桌面正在询问您</translation>
        </message>
        <message>
            <source>the keys that your desktop gave show the panel</source>
            <translation>按桌面分配的按键即可显示面板</translation>
        </message>
        <message>
            <source>your desktop gave no keys; switch it off and on to ask again</source>
            <translation>桌面没有分配按键；关闭再打开即可重新询问</translation>
        </message>
        <message>
            <source>this desktop gives programs no keys; in its settings, give some to “tokenwatch”</source>
            <translation>此桌面不向程序分配按键；可在其设置中为“tokenwatch”指定按键</translation>
        </message>
        <message>
            <source>keys that show the panel from any program; so far only on Linux</source>
            <translation>在任何程序中显示面板的按键；目前仅限 Linux</translation>
        </message>
        <message>
            <source>Shortcut</source>
            <translation>快捷键</translation>
        </message>
        <message>
            <source>{keys} shows the panel</source>
            <translation>{keys} 显示面板</translation>
        </message>
        <message>
            <source>Sources</source>
            <translation>来源</translation>
        </message>
        <message>
            <source>Folders are read, never written to. New agents are picked up by themselves.</source>
            <translation>文件夹只读，从不写入。新代理会自动发现。</translation>
        </message>
        <message>
            <source>Look inside WSL, too</source>
            <translation>也查看 WSL 内部</translation>
        </message>
        <message>
            <source>Agents that are looked for</source>
            <translation>查找的代理</translation>
        </message>
        <message>
            <source>Read {agent}</source>
            <translation>读取 {agent}</translation>
        </message>
        <message>
            <source>Inside WSL</source>
            <translation>WSL 内部</translation>
        </message>
        <message>
            <source>Show fewer</source>
            <translation>显示较少</translation>
        </message>
        <message>
            <source>Switched off</source>
            <translation>已关闭</translation>
        </message>
        <message>
            <source>Cannot be read</source>
            <translation>无法读取</translation>
        </message>
        <message>
            <source>Read in part</source>
            <translation>部分读取</translation>
        </message>
        <message>
            <source>Reading</source>
            <translation>读取中</translation>
        </message>
        <message>
            <source>counts agents in WSL; looking there starts it</source>
            <translation>统计 WSL 中的代理；查看会启动它</translation>
        </message>
        <message>
            <source>Not there</source>
            <translation>不存在</translation>
        </message>
        <message>
            <source>Only its processes</source>
            <translation>仅进程</translation>
        </message>
        <message>
            <source>Status</source>
            <translation>状态</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <source>Read Claude Code’s limits from its status line</source>
            <translation>从状态栏读取 Claude Code 的限额</translation>
        </message>
        <message>
            <source>Claude’s limits</source>
            <translation>Claude 限额</translation>
        </message>
        <message>
            <source>Change it</source>
            <translation>更改</translation>
        </message>
        <message>
            <source>In {file} the status line gets back what was there before: {back}.</source>
            <translation>{file} 中的状态栏恢复为原有内容：{back}。</translation>
        </message>
        <message>
            <source>from Claude Code’s status line</source>
            <translation>来自 Claude Code 状态栏</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>无</translation>
        </message>
        <message>
            <source>In {file} the status line gets a command of TokenWatch, which keeps the limits, the context and the cost it is told, and then runs your own: {command}. Nothing else changes, a backup is kept, and nothing goes online.</source>
            <translation>{file} 中的状态栏改用 TokenWatch 的命令，保留得知的限额、上下文和费用，然后运行您自己的：{command}。其余不变，保留备份，不联网。</translation>
        </message>
        <message>
            <source>In {file} a status line is set that keeps the limits, the context and the cost it is told, and shows nothing. Nothing else changes, a backup is kept, and nothing goes online.</source>
            <translation>在 {file} 中设置一个状态栏，保留得知的限额、上下文和费用，不显示任何内容。其余不变，保留备份，不联网。</translation>
        </message>
        <message>
            <source>On. Your own status line still runs: {command}</source>
            <translation>已开启。您自己的状态栏继续运行：{command}</translation>
        </message>
        <message>
            <source>On.</source>
            <translation>已开启。</translation>
        </message>
        <message>
            <source>That could not be changed: {why}.</source>
            <translation>无法更改：{why}。</translation>
        </message>
        <message>
            <source>That could not be read: {why}.</source>
            <translation>无法读取：{why}。</translation>
        </message>
        <message>
            <source>JSON (*.json)</source>
            <translation>JSON (*.json)</translation>
        </message>
        <message>
            <source>Comma-separated values (*.csv)</source>
            <translation>逗号分隔值 (*.csv)</translation>
        </message>
        <message>
            <source>Save…</source>
            <translation>保存…</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Text (*.txt)</source>
            <translation>文本 (*.txt)</translation>
        </message>
        <message>
            <source>Open TokenWatch</source>
            <translation>打开 TokenWatch</translation>
        </message>
        <message>
            <source>Snooze alerts for 1 hour</source>
            <translation>推迟提醒 1 小时</translation>
        </message>
        <message>
            <source>Settings…</source>
            <translation>设置…</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>退出</translation>
        </message>
        <message>
            <source>{more} more</source>
            <translation>另有 {more} 个</translation>
        </message>
        <message>
            <source>Show names and money</source>
            <translation>显示名称与金额</translation>
        </message>
        <message>
            <source>The ledger cannot be used</source>
            <translation>账本无法使用</translation>
        </message>
        <message>
            <source>The tray icon cannot be shown</source>
            <translation>无法显示托盘图标</translation>
        </message>
        <message>
            <source>Notifications cannot be shown</source>
            <translation>无法显示通知</translation>
        </message>
        <message>
            <source>The settings cannot be used</source>
            <translation>设置无法使用</translation>
        </message>
        <message>
            <source>The price table cannot be used</source>
            <translation>价格表无法使用</translation>
        </message>
        <message>
            <source>Changes are noticed late</source>
            <translation>变化会延迟发现</translation>
        </message>
        <message>
            <source>The ledger works only in part</source>
            <translation>账本仅部分可用</translation>
        </message>
        <message>
            <source>There is no place for the tray icon</source>
            <translation>没有托盘图标的位置</translation>
        </message>
        <message>
            <source>The settings file has a mistake</source>
            <translation>设置文件有误</translation>
        </message>
        <message>
            <source>Some use has no price</source>
            <translation>部分用量没有价格</translation>
        </message>
        <message>
            <source>{agent_name}’s logs cannot be read</source>
            <translation>无法读取 {agent_name} 的日志</translation>
        </message>
        <message>
            <source> Since {when}.</source>
            <translation> 自 {when} 起。</translation>
        </message>
        <message>
            <source> Also: {plain}.</source>
            <translation> 还有：{plain}。</translation>
        </message>
        <message>
            <source> Last seen: {projects}.</source>
            <translation> 最后出现：{projects}。</translation>
        </message>
        <message>
            <source>A part of TokenWatch works only in part</source>
            <translation>TokenWatch 的一部分仅部分可用</translation>
        </message>
        <message>
            <source>A part of TokenWatch cannot work</source>
            <translation>TokenWatch 的一部分无法工作</translation>
        </message>
        <message>
            <source> The other source is fine.</source>
            <translation> 另一个来源正常。</translation>
        </message>
        <message>
            <source> The other {count} sources are fine.</source>
            <translation> 其他 {count} 个来源正常。</translation>
        </message>
        <message>
            <source>API prices are list prices on the day of use. For work inside a plan nobody sends you that bill.</source>
            <translation>API 价是使用当天的标价。套餐内的工作不会有人给您寄这张账单。</translation>
        </message>
        <message>
            <source>Without a plan there might have been less work; what was used is taken as it is.</source>
            <translation>没有套餐时工作量可能更少；这里按实际用量计算。</translation>
        </message>
        <message>
            <source>What is read from the cache costs about a tenth of new input. A high ratio saves money, and says no more.</source>
            <translation>从缓存读取的费用约为新输入的十分之一。比率高能省钱，仅此而已。</translation>
        </message>
        <message>
            <source>A session is one, however long it is and however many sub-agents it had.</source>
            <translation>一个会话算作一个，无论它多长、有多少子代理。</translation>
        </message>
        <message>
            <source>Plan of {agent}</source>
            <translation>{agent} 的套餐</translation>
        </message>
        <message>
            <source>{times} the fee, at API prices</source>
            <translation>费用的 {times}，按 API 价</translation>
        </message>
        <message>
            <source>{inside} for {fees}</source>
            <translation>{fees} 换得 {inside}</translation>
        </message>
        <message>
            <source>no plan is set</source>
            <translation>未设置套餐</translation>
        </message>
        <message>
            <source>in {whole} sessions</source>
            <translation>{whole} 个会话</translation>
        </message>
        <message>
            <source>Cache hit ratio</source>
            <translation>缓存命中率</translation>
        </message>
        <message>
            <source>of all input</source>
            <translation>占全部输入</translation>
        </message>
        <message>
            <source>no plan</source>
            <translation>无套餐</translation>
        </message>
        <message>
            <source>its fee is not known</source>
            <translation>费用未知</translation>
        </message>
        <message>
            <source>A session at API prices</source>
            <translation>每个会话按 API 价</translation>
        </message>
        <message>
            <source>New tokens a session</source>
            <translation>每个会话的新令牌</translation>
        </message>
        <message>
            <source>As now</source>
            <translation>照现在这样</translation>
        </message>
        <message>
            <source>{plan} for {agent}</source>
            <translation>{agent} 使用 {plan}</translation>
        </message>
        <message>
            <source>if its limits suffice for all of it</source>
            <translation>如果其限额足够</translation>
        </message>
        <message>
            <source>You paid</source>
            <translation>您支付了</translation>
        </message>
        <message>
            <source>{month}: {figure}</source>
            <translation>{month}：{figure}</translation>
        </message>
        <message>
            <source>Without {plan}</source>
            <translation>不用 {plan}</translation>
        </message>
        <message>
            <source>what it covers at list prices</source>
            <translation>其覆盖的用量按标价计算</translation>
        </message>
        <message>
            <source>No plans, everything metered</source>
            <translation>不用套餐，全部按量</translation>
        </message>
        <message>
            <source>same tokens at list prices</source>
            <translation>同样的令牌按标价计算</translation>
        </message>
        <message>
            <source>{money_set} plans + {money} metered</source>
            <translation>{money_set} 套餐 + {money} 按量</translation>
        </message>
        <message>
            <source>{money} metered</source>
            <translation>按量 {money}</translation>
        </message>
        <message>
            <source>{money} of it inside plans</source>
            <translation>其中 {money} 在套餐内</translation>
        </message>
        <message>
            <source>{money} in plans</source>
            <translation>套餐内 {money}</translation>
        </message>
        <message>
            <source>what you pay</source>
            <translation>于您支付的</translation>
        </message>
        <message>
            <source>nothing paid</source>
            <translation>未支付</translation>
        </message>
        <message>
            <source>for {fees}</source>
            <translation>费用 {fees}</translation>
        </message>
        <message>
            <source>30 min</source>
            <translation>30 分钟</translation>
        </message>
        <message>
            <source>1 hour</source>
            <translation>1 小时</translation>
        </message>
        <message>
            <source>Until tomorrow</source>
            <translation>到明天</translation>
        </message>
        <message>
            <source>; and {number} more</source>
            <translation>；另有 {number} 个</translation>
        </message>
        <message>
            <source>{number} active:</source>
            <translation>{number} 个生效：</translation>
        </message>
        <message>
            <source>Snooze: {span}</source>
            <translation>推迟：{span}</translation>
        </message>
        <message>
            <source>New: </source>
            <translation>新：</translation>
        </message>
        <message>
            <source>Nothing yet. What is told on the desktop is kept here.</source>
            <translation>尚无内容。桌面上的提醒会保留在这里。</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>今天</translation>
        </message>
        <message>
            <source>Yesterday</source>
            <translation>昨天</translation>
        </message>
        <message>
            <source>Unmute</source>
            <translation>取消静音</translation>
        </message>
        <message>
            <source>Mute</source>
            <translation>静音</translation>
        </message>
        <message>
            <source>Muted.</source>
            <translation>已静音。</translation>
        </message>
        <message>
            <source>Held back.</source>
            <translation>已推迟。</translation>
        </message>
        <message>
            <source>Over at {time}.</source>
            <translation>{time} 结束。</translation>
        </message>
        <message>
            <source>Not an amount, such as {money_set}</source>
            <translation>不是金额，例如 {money_set}</translation>
        </message>
        <message>
            <source>At most {money_set}</source>
            <translation>最多 {money_set}</translation>
        </message>
        <message>
            <source>A whole number from 1 to {most}</source>
            <translation>1 到 {most} 的整数</translation>
        </message>
        <message>
            <source>Got it</source>
            <translation>知道了</translation>
        </message>
        <message>
            <source>While you were away for {time}</source>
            <translation>您离开的 {time} 内</translation>
        </message>
        <message>
            <source>{tokens} new tokens, {cost} at API prices.</source>
            <translation>{tokens} 个新令牌，按 API 价 {cost}。</translation>
        </message>
        <message>
            <source>Agents worked {time} together.</source>
            <translation>代理共工作 {time}。</translation>
        </message>
        <message>
            <source>They waited {time} for you.</source>
            <translation>等待您 {time}。</translation>
        </message>
        <message>
            <source>{count} finished.</source>
            <translation>{count} 个完成。</translation>
        </message>
        <message>
            <source>{count} ended unexpectedly.</source>
            <translation>{count} 个意外结束。</translation>
        </message>
        <message>
            <source>No bill is known. An admin key or an exported file of Anthropic or OpenAI is compared with what was counted here: see Settings &gt; Accounts.</source>
            <translation>没有已知账单。可用 Anthropic 或 OpenAI 的管理密钥或导出文件与此处计数核对：见“设置 &gt; 账户”。</translation>
        </message>
        <message>
            <source>the same</source>
            <translation>一致</translation>
        </message>
        <message>
            <source>{part}% apart</source>
            <translation>相差 {part}%</translation>
        </message>
        <message>
            <source>from a file</source>
            <translation>来自文件</translation>
        </message>
        <message>
            <source>asked</source>
            <translation>查询于</translation>
        </message>
        <message>
            <source>{tokens} of {tokens2} tokens</source>
            <translation>{tokens2} 令牌中的 {tokens}</translation>
        </message>
        <message>
            <source>Billed on {known_days} days, UTC</source>
            <translation>{known_days} 天的账单，UTC</translation>
        </message>
        <message>
            <source>Counted here for these days, at list prices</source>
            <translation>这些日子此处计数，按标价</translation>
        </message>
        <message>
            <source>Coverage: counted here of what was billed</source>
            <translation>覆盖率：账单中此处已计</translation>
        </message>
        <message>
            <source>other reasons</source>
            <translation>其他原因</translation>
        </message>
        <message>
            <source>Per day: at most {cost} on {day}</source>
            <translation>每日：{day} 最多 {cost}</translation>
        </message>
        <message>
            <source>By agent and model</source>
            <translation>按代理与模型</translation>
        </message>
        <message>
            <source>Per day: nothing</source>
            <translation>每日：无</translation>
        </message>
        <message>
            <source>Per day</source>
            <translation>每日</translation>
        </message>
        <message>
            <source>Top sessions</source>
            <translation>最大会话</translation>
        </message>
        <message>
            <source>under 15 min</source>
            <translation>不足 15 分钟</translation>
        </message>
        <message>
            <source>{count} more</source>
            <translation>另有 {count} 个</translation>
        </message>
        <message>
            <source>When</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>时长</translation>
        </message>
        <message>
            <source>Sessions</source>
            <translation>会话</translation>
        </message>
        <message>
            <source>New tokens</source>
            <translation>新令牌</translation>
        </message>
        <message>
            <source>Cache reads</source>
            <translation>缓存读取</translation>
        </message>
        <message>
            <source>You pay</source>
            <translation>您支付</translation>
        </message>
        <message>
            <source>Share</source>
            <translation>占比</translation>
        </message>
        <message>
            <source>{tokens} tokens of {count} requests are estimates</source>
            <translation>{count} 个请求中的 {tokens} 个令牌为估计值</translation>
        </message>
        <message>
            <source>1 project</source>
            <translation>1 个项目</translation>
        </message>
        <message>
            <source>{count} projects</source>
            <translation>{count} 个项目</translation>
        </message>
        <message>
            <source>1 agent</source>
            <translation>1 个代理</translation>
        </message>
        <message>
            <source>{count} agents</source>
            <translation>{count} 个代理</translation>
        </message>
        <message>
            <source>1 day</source>
            <translation>1 天</translation>
        </message>
        <message>
            <source>{name}, {count} sessions, {tokens} new tokens, {listed} at API prices, you pay {paid}, {share}</source>
            <translation>{name}，{count} 个会话，{tokens} 新令牌，按 API 价 {listed}，您支付 {paid}，{share}</translation>
        </message>
        <message>
            <source>in plan</source>
            <translation>套餐内</translation>
        </message>
        <message>
            <source>What the tokens were used for</source>
            <translation>令牌的用途</translation>
        </message>
        <message>
            <source>Totals</source>
            <translation>合计</translation>
        </message>
        <message>
            <source>+ {fees} in plans</source>
            <translation>+ 套餐 {fees}</translation>
        </message>
        <message>
            <source>of what you pay by use</source>
            <translation>按用量付费的部分</translation>
        </message>
        <message>
            <source>of everything, at API prices</source>
            <translation>全部，按 API 价格</translation>
        </message>
        <message>
            <source>{name} passes {amount} {span}</source>
            <translation>{name} {span}超过 {amount}</translation>
        </message>
        <message>
            <source>What it watches</source>
            <translation>监视对象</translation>
        </message>
        <message>
            <source>Amount in US dollars</source>
            <translation>美元金额</translation>
        </message>
        <message>
            <source>In which time</source>
            <translation>时间范围</translation>
        </message>
        <message>
            <source>Counted</source>
            <translation>计算方式</translation>
        </message>
        <message>
            <source>Tell me when</source>
            <translation>当以下情况时通知</translation>
        </message>
        <message>
            <source>passes</source>
            <translation>超过</translation>
        </message>
        <message>
            <source>Left and right walk along the chart, T shows it as a table</source>
            <translation>左右键沿图表移动，T 以表格显示</translation>
        </message>
        <message>
            <source>Per day: {total} in all; most on {day}, {money}</source>
            <translation>每日：共 {total}；{day} 最多，{money}</translation>
        </message>
        <message>
            <source>Per day: nothing spent</source>
            <translation>每日：无花费</translation>
        </message>
        <message>
            <source>Cost per day, at API prices</source>
            <translation>每日费用，按 API 价</translation>
        </message>
        <message>
            <source>Cost per day, metered</source>
            <translation>每日费用，按用量</translation>
        </message>
        <message>
            <source>All</source>
            <translation>全部</translation>
        </message>
        <message>
            <source>Nothing spent</source>
            <translation>无花费</translation>
        </message>
        <message>
            <source>Where {what} comes from</source>
            <translation>{what} 的来源</translation>
        </message>
        <message>
            <source>{input} in, {read} read, {output} out</source>
            <translation>输入 {input}，读取 {read}，输出 {output}</translation>
        </message>
        <message>
            <source>one request, {when}</source>
            <translation>单个请求，{when}</translation>
        </message>
        <message>
            <source>Model, then log</source>
            <translation>模型，然后日志</translation>
        </message>
        <message>
            <source>Price per million</source>
            <translation>每百万价格</translation>
        </message>
        <message>
            <source>Requests</source>
            <translation>请求</translation>
        </message>
        <message>
            <source>Tokens</source>
            <translation>令牌</translation>
        </message>
        <message>
            <source>no price is known</source>
            <translation>价格未知</translation>
        </message>
        <message>
            <source>Together</source>
            <translation>合计</translation>
        </message>
        <message>
            <source>without a price</source>
            <translation>无价格</translation>
        </message>
        <message>
            <source>a lower bound only</source>
            <translation>仅为下限</translation>
        </message>
        <message>
            <source>copies that do not count</source>
            <translation>不计入的副本</translation>
        </message>
        <message>
            <source>a log</source>
            <translation>一个日志</translation>
        </message>
        <message>
            <source>restated on {day}</source>
            <translation>{day} 重述</translation>
        </message>
        <message>
            <source>and {number} more logs</source>
            <translation>另有 {number} 个日志</translation>
        </message>
        <message>
            <source>corrected</source>
            <translation>已更正</translation>
        </message>
        <message>
            <source>Start one, and it appears here within a second. There is nothing to set up.</source>
            <translation>启动一个，它会在一秒内出现在这里。无需任何设置。</translation>
        </message>
        <message>
            <source>Running processes</source>
            <translation>运行中的进程</translation>
        </message>
        <message>
            <source>none of the names known</source>
            <translation>没有已知的名称</translation>
        </message>
        <message>
            <source>Reads counts, times and names from logs on this computer, and sends none of it.</source>
            <translation>只读取本机日志中的数量、时间和名称，从不发送。</translation>
        </message>
        <message>
            <source>{count} agents; looking again by itself</source>
            <translation>{count} 个代理；会自动继续查找</translation>
        </message>
        <message>
            <source>Choose a folder…</source>
            <translation>选择文件夹…</translation>
        </message>
        <message>
            <source>Show me with sample data</source>
            <translation>用示例数据演示</translation>
        </message>
        <message>
            <source> Looked for {named}.</source>
            <translation> 查找了 {named}。</translation>
        </message>
        <message>
            <source>{name} in {place}</source>
            <translation>{place} 中的 {name}</translation>
        </message>
        <message>
            <source>Where TokenWatch looked</source>
            <translation>TokenWatch 查找的位置</translation>
        </message>
        <message>
            <source>not there</source>
            <translation>不存在</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>自动</translation>
        </message>
        <message>
            <source>Dark panel</source>
            <translation>深色面板</translation>
        </message>
        <message>
            <source>Light panel</source>
            <translation>浅色面板</translation>
        </message>
        <message>
            <source>One colour</source>
            <translation>单色</translation>
        </message>
        <message>
            <source>Tray icon: {words}</source>
            <translation>托盘图标：{words}</translation>
        </message>
        <message>
            <source>{words} block (estimate)</source>
            <translation>{words}时段（估计）</translation>
        </message>
        <message>
            <source>Limits of {provider_name}</source>
            <translation>{provider_name} 的限额</translation>
        </message>
        <message>
            <source>{capitalize} plan</source>
            <translation>{capitalize} 套餐</translation>
        </message>
        <message>
            <source>{plan} · {fee} a month</source>
            <translation>{plan} · 每月 {fee}</translation>
        </message>
        <message>
            <source>no limits were read; blocks of five hours are estimated from your own counts</source>
            <translation>未读到限额；五小时时段据自身计数估计</translation>
        </message>
        <message>
            <source>{value} of each {what}, two weeks</source>
            <translation>两周内各{what}的{value}</translation>
        </message>
        <message>
            <source>This {length} against an even pace</source>
            <translation>本{length}对比均匀进度</translation>
        </message>
        <message>
            <source>At this pace</source>
            <translation>照此速度</translation>
        </message>
        <message>
            <source>Peak</source>
            <translation>峰值</translation>
        </message>
        <message>
            <source>{window_title} so far: {percent}</source>
            <translation>{window_title}至今：{percent}</translation>
        </message>
        <message>
            <source>Course of the window: not known</source>
            <translation>窗口走势：未知</translation>
        </message>
        <message>
            <source>, out {out_words}</source>
            <translation>，{out_words}用完</translation>
        </message>
        <message>
            <source>Course of the window</source>
            <translation>窗口走势</translation>
        </message>
        <message>
            <source>out {out_words}</source>
            <translation>{out_words}用完</translation>
        </message>
        <message>
            <source>Read</source>
            <translation>读取</translation>
        </message>
        <message>
            <source>Used</source>
            <translation>已用</translation>
        </message>
        <message>
            <source>not known</source>
            <translation>未知</translation>
        </message>
        <message>
            <source>{len} past windows, {full} of them used up</source>
            <translation>过去 {len} 个窗口，其中 {full} 个用完</translation>
        </message>
        <message>
            <source>Past windows: none known</source>
            <translation>过去的窗口：无</translation>
        </message>
        <message>
            <source>{len} past blocks, estimated; the largest {words}</source>
            <translation>过去 {len} 个时段（估计）；最大 {words}</translation>
        </message>
        <message>
            <source>Windows</source>
            <translation>窗口</translation>
        </message>
        <message>
            <source>{title}: peaks</source>
            <translation>{title}：峰值</translation>
        </message>
        <message>
            <source>Ended</source>
            <translation>结束</translation>
        </message>
        <message>
            <source>Most used</source>
            <translation>最高</translation>
        </message>
        <message>
            <source>now</source>
            <translation>现在</translation>
        </message>
        <message>
            <source>until {day_and_clock}</source>
            <translation>至 {day_and_clock}</translation>
        </message>
        <message>
            <source>none yet</source>
            <translation>尚无</translation>
        </message>
        <message>
            <source>{figure} used</source>
            <translation>已用 {figure}</translation>
        </message>
        <message>
            <source>its status and process</source>
            <translation>状态和进程</translation>
        </message>
        <message>
            <source>its process and log</source>
            <translation>进程和日志</translation>
        </message>
        <message>
            <source>its log only</source>
            <translation>仅日志</translation>
        </message>
        <message>
            <source>a guess</source>
            <translation>推测</translation>
        </message>
        <message>
            <source>idle</source>
            <translation>空闲</translation>
        </message>
        <message>
            <source>{count} working</source>
            <translation>{count} 工作中</translation>
        </message>
        <message>
            <source>{count} waiting</source>
            <translation>{count} 等待</translation>
        </message>
        <message>
            <source>{count} idle</source>
            <translation>{count} 空闲</translation>
        </message>
        <message>
            <source>not counted</source>
            <translation>不计入</translation>
        </message>
        <message>
            <source>State</source>
            <translation>状态</translation>
        </message>
        <message>
            <source>Counted as</source>
            <translation>计为</translation>
        </message>
        <message>
            <source>Known by</source>
            <translation>依据</translation>
        </message>
        <message>
            <source>Sub-agents</source>
            <translation>子代理</translation>
        </message>
        <message>
            <source>Which agents are counted</source>
            <translation>统计了哪些代理</translation>
        </message>
        <message>
            <source>Tokens per minute over</source>
            <translation>每分钟令牌数</translation>
        </message>
        <message>
            <source>1 minute</source>
            <translation>1 分钟</translation>
        </message>
        <message>
            <source>5 minutes</source>
            <translation>5 分钟</translation>
        </message>
        <message>
            <source>60 minutes</source>
            <translation>60 分钟</translation>
        </message>
        <message>
            <source>Last token</source>
            <translation>最近令牌</translation>
        </message>
        <message>
            <source>Where the token rate comes from</source>
            <translation>令牌速率的来源</translation>
        </message>
        <message>
            <source>{duration} ago</source>
            <translation>{duration}前</translation>
        </message>
        <message>
            <source>waiting</source>
            <translation>等待</translation>
        </message>
        <message>
            <source>working</source>
            <translation>工作中</translation>
        </message>
        <message>
            <source>missing: the logs of {agent} cannot be read</source>
            <translation>缺失：无法读取 {agent} 的日志</translation>
        </message>
        <message>
            <source>Averages in which newer tokens weigh more; the middle one is shown</source>
            <translation>平均值，越新的令牌权重越大；显示的是中间一项</translation>
        </message>
        <message>
            <source>Input, cache writes and output, sub-agents included</source>
            <translation>输入、缓存写入和输出，含子代理</translation>
        </message>
        <message>
            <source>counted</source>
            <translation>计入</translation>
        </message>
        <message>
            <source>and {number} more sessions</source>
            <translation>另有 {number} 个会话</translation>
        </message>
        <message>
            <source>Sub-agents, which stand apart</source>
            <translation>子代理，单独列出</translation>
        </message>
        <message>
            <source>ended lately</source>
            <translation>最近结束</translation>
        </message>
        <message>
            <source>of it {project}</source>
            <translation>其中 {project}</translation>
        </message>
        <message>
            <source>Mon</source>
            <translation>周一</translation>
        </message>
        <message>
            <source>Tue</source>
            <translation>周二</translation>
        </message>
        <message>
            <source>Wed</source>
            <translation>周三</translation>
        </message>
        <message>
            <source>Thu</source>
            <translation>周四</translation>
        </message>
        <message>
            <source>Fri</source>
            <translation>周五</translation>
        </message>
        <message>
            <source>Sat</source>
            <translation>周六</translation>
        </message>
        <message>
            <source>Sun</source>
            <translation>周日</translation>
        </message>
        <message>
            <source>Jan</source>
            <translation>1月</translation>
        </message>
        <message>
            <source>Feb</source>
            <translation>2月</translation>
        </message>
        <message>
            <source>Mar</source>
            <translation>3月</translation>
        </message>
        <message>
            <source>Apr</source>
            <translation>4月</translation>
        </message>
        <message>
            <source>Jun</source>
            <translation>6月</translation>
        </message>
        <message>
            <source>Jul</source>
            <translation>7月</translation>
        </message>
        <message>
            <source>Aug</source>
            <translation>8月</translation>
        </message>
        <message>
            <source>Sep</source>
            <translation>9月</translation>
        </message>
        <message>
            <source>Oct</source>
            <translation>10月</translation>
        </message>
        <message>
            <source>Nov</source>
            <translation>11月</translation>
        </message>
        <message>
            <source>Dec</source>
            <translation>12月</translation>
        </message>
        <message>
            <source>1 agent last seen at {time}: {projects}</source>
            <translation>1 个代理最后一次出现于 {time}：{projects}</translation>
        </message>
        <message>
            <source>{count} agents last seen at {time}: {projects}</source>
            <translation>{count} 个代理最后一次出现于 {time}：{projects}</translation>
        </message>
        <message>
            <source>cannot be seen since {time}</source>
            <translation>自 {time} 起无法看到</translation>
        </message>
        <message>
            <source>cannot be seen</source>
            <translation>无法看到</translation>
        </message>
        <message>
            <source>This month: reading logs</source>
            <translation>本月：正在读取日志</translation>
        </message>
        <message>
            <source>Today {money}</source>
            <translation>今天 {money}</translation>
        </message>
        <message>
            <source>No projection while paused</source>
            <translation>暂停期间不预测</translation>
        </message>
        <message>
            <source>at {paused_at}</source>
            <translation>于 {paused_at}</translation>
        </message>
        <message>
            <source>day {day}</source>
            <translation>第 {day} 天</translation>
        </message>
        <message>
            <source> of {day}</source>
            <translation>/共 {day} 天</translation>
        </message>
        <message>
            <source>{name} is over budget</source>
            <translation>{name}已超预算</translation>
        </message>
        <message>
            <source>No budget set</source>
            <translation>未设预算</translation>
        </message>
        <message>
            <source>{name} is near its budget</source>
            <translation>{name}接近预算</translation>
        </message>
        <message>
            <source>This month: not known yet</source>
            <translation>本月：尚不清楚</translation>
        </message>
        <message>
            <source>At API prices: {money} so far</source>
            <translation>按 API 价：至今 {money}</translation>
        </message>
        <message>
            <source>The month, adding up</source>
            <translation>当月累计</translation>
        </message>
        <message>
            <source>Plans, fixed · {money_set}</source>
            <translation>套餐固定费 · {money_set}</translation>
        </message>
        <message>
            <source>so far</source>
            <translation>至今</translation>
        </message>
        <message>
            <source>So far or projected</source>
            <translation>至今或预计</translation>
        </message>
        <message>
            <source>Range, 8 in 10</source>
            <translation>范围，十之八</translation>
        </message>
        <message>
            <source>{money} so far</source>
            <translation>至今 {money}</translation>
        </message>
        <message>
            <source>{money} that day</source>
            <translation>当天 {money}</translation>
        </message>
        <message>
            <source>Budget {money_set}</source>
            <translation>预算 {money_set}</translation>
        </message>
        <message>
            <source>Now {least}{money}</source>
            <translation>现在 {least}{money}</translation>
        </message>
        <message>
            <source>half the time</source>
            <translation>半数情形</translation>
        </message>
        <message>
            <source>8 times in 10</source>
            <translation>十之八</translation>
        </message>
        <message>
            <source>range {money_range}</source>
            <translation>范围 {money_range}</translation>
        </message>
        <message>
            <source>projected</source>
            <translation>预计</translation>
        </message>
        <message>
            <source>projected {money_forecast}</source>
            <translation>预计 {money_forecast}</translation>
        </message>
        <message>
            <source>Month before</source>
            <translation>上一月</translation>
        </message>
        <message>
            <source>Month after</source>
            <translation>下一月</translation>
        </message>
        <message>
            <source>September 2026</source>
            <translation>2026年9月</translation>
        </message>
        <message>
            <source>Hide</source>
            <translation>隐藏</translation>
        </message>
        <message>
            <source>Choose another folder…</source>
            <translation>选择其他文件夹…</translation>
        </message>
        <message>
            <source>Belongs to</source>
            <translation>所有者</translation>
        </message>
        <message>
            <source>{owner}, rights {rights}</source>
            <translation>{owner}，权限 {rights}</translation>
        </message>
        <message>
            <source>To fix it</source>
            <translation>解决办法</translation>
        </message>
        <message>
            <source>Sample</source>
            <translation>示例</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>页面</translation>
        </message>
        <message>
            <source>paid back on {day}</source>
            <translation>{day}回本</translation>
        </message>
        <message>
            <source>, for {fee}</source>
            <translation>，费用 {fee}</translation>
        </message>
        <message>
            <source>At API prices, day by day</source>
            <translation>按 API 价，逐日</translation>
        </message>
        <message>
            <source>you pay {fee}</source>
            <translation>您支付 {fee}</translation>
        </message>
        <message>
            <source>That day</source>
            <translation>当天</translation>
        </message>
        <message>
            <source>Input, per million tokens</source>
            <translation>输入，每百万令牌</translation>
        </message>
        <message>
            <source>Cache read, if another</source>
            <translation>缓存读取，如不同</translation>
        </message>
        <message>
            <source>Cache write, if another</source>
            <translation>缓存写入，如不同</translation>
        </message>
        <message>
            <source>Price of {model}</source>
            <translation>{model} 的价格</translation>
        </message>
        <message>
            <source>Same price as</source>
            <translation>价格同</translation>
        </message>
        <message>
            <source>or, in US dollars:</source>
            <translation>或以美元计：</translation>
        </message>
        <message>
            <source>Earlier requests of this model get this price, too.</source>
            <translation>此模型以前的请求也采用此价格。</translation>
        </message>
        <message>
            <source>, now {plain}</source>
            <translation>，正在 {plain}</translation>
        </message>
        <message>
            <source>{name} {window} {percent} used, {status}</source>
            <translation>{name} {window} 已用 {percent}，{status}</translation>
        </message>
        <message>
            <source>out ~{clock}</source>
            <translation>约 {clock} 用完</translation>
        </message>
        <message>
            <source>out {replace}</source>
            <translation>{replace} 用完</translation>
        </message>
        <message>
            <source>resets {duration}</source>
            <translation>{duration}后重置</translation>
        </message>
        <message>
            <source>has reset</source>
            <translation>已重置</translation>
        </message>
        <message>
            <source>{hours}: at most {rate} tokens a minute, at {time}</source>
            <translation>{hours}：最高每分钟 {rate} 令牌，{time}</translation>
        </message>
        <message>
            <source>No tokens in this time</source>
            <translation>此时段没有令牌</translation>
        </message>
        <message>
            <source>Last {count} hours</source>
            <translation>最近 {count} 小时</translation>
        </message>
        <message>
            <source>{hours}: no tokens</source>
            <translation>{hours}：没有令牌</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>Tokens a minute</source>
            <translation>每分钟令牌</translation>
        </message>
        <message>
            <source>The first tokens came just now and are drawn soon</source>
            <translation>第一批令牌刚刚到达，稍后绘出</translation>
        </message>
        <message>
            <source>Waiting</source>
            <translation>等待</translation>
        </message>
        <message>
            <source>A row goes before the settings of Plans, from its first day until the day before its last. Paid as: metered, plan, or overage, which covers so much a month. Account: only what is billed through this provider.</source>
            <translation>一行优先于“套餐”中的设置，从起始日到结束日前一天。付费方式：metered、plan 或 overage（每月包含一定额度）。账户：仅限通过该提供商计费的用量。</translation>
        </message>
        <message>
            <source>Besides the month’s budget. Each: month, week or day. Of: paid (what you pay) or listed (at API prices). An agent or a project may be left empty.</source>
            <translation>月度预算之外的预算。周期：month、week 或 day。对象：paid（实际支付）或 listed（按 API 价格）。代理和项目可以留空。</translation>
        </message>
        <message>
            <source>Account</source>
            <translation>账户</translation>
        </message>
        <message>
            <source>Paid as</source>
            <translation>付费方式</translation>
        </message>
        <message>
            <source>Fee a month</source>
            <translation>月费</translation>
        </message>
        <message>
            <source>Until</source>
            <translation>截止</translation>
        </message>
        <message>
            <source>Covers, US dollars</source>
            <translation>包含额度（美元）</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>US dollars</source>
            <translation>美元</translation>
        </message>
        <message>
            <source>Each</source>
            <translation>周期</translation>
        </message>
        <message>
            <source>Of</source>
            <translation>对象</translation>
        </message>
        <message>
            <source>Tell me at %</source>
            <translation>提醒百分比</translation>
        </message>
        <message>
            <source>Plans with dates</source>
            <translation>带日期的套餐</translation>
        </message>
        <message>
            <source>Budgets</source>
            <translation>预算</translation>
        </message>
        <message>
            <source>Add a row</source>
            <translation>添加一行</translation>
        </message>
        <message>
            <source>Remove the row</source>
            <translation>删除此行</translation>
        </message>
        <message>
            <source>Row {number}: {why}.</source>
            <translation>第 {number} 行：{why}。</translation>
        </message>
        <message>
            <source>Wake</source>
            <translation>恢复</translation>
        </message>
        <message>
            <source>snoozed until {time}</source>
            <translation>推迟到 {time}</translation>
        </message>
        <message>
            <source>End the snooze of: {rule}</source>
            <translation>结束推迟：{rule}</translation>
        </message>
        <message>
            <source>Find</source>
            <translation>查找</translation>
        </message>
        <message>
            <source>Find ({keys})</source>
            <translation>查找 ({keys})</translation>
        </message>
        <message>
            <source>plan</source>
            <translation>套餐</translation>
        </message>
        <message>
            <source>+{len} sub</source>
            <translation>+{len} 子</translation>
        </message>
        <message>
            <source>Known from its own status and its process</source>
            <translation>依据它自己的状态和进程</translation>
        </message>
        <message>
            <source>Known from its process and its log</source>
            <translation>依据它的进程和日志</translation>
        </message>
        <message>
            <source>Known from its log only: no process of it is seen here</source>
            <translation>仅依据日志：这里看不到它的进程</translation>
        </message>
        <message>
            <source>A guess: no log is known that is certainly its own</source>
            <translation>推测：没有确定属于它的日志</translation>
        </message>
        <message>
            <source>Began at {when}</source>
            <translation>开始于 {when}</translation>
        </message>
        <message>
            <source>At work since {when}</source>
            <translation>自 {when} 起工作</translation>
        </message>
        <message>
            <source>Waits since {when}</source>
            <translation>自 {when} 起等待</translation>
        </message>
        <message>
            <source>Works in the background since {when}</source>
            <translation>自 {when} 起在后台工作</translation>
        </message>
        <message>
            <source>Rests since {when}</source>
            <translation>自 {when} 起空闲</translation>
        </message>
        <message>
            <source>You last typed at {when}; since then {spent} at API prices</source>
            <translation>您上次输入是在 {when}；此后按 API 价格花费 {spent}</translation>
        </message>
        <message>
            <source>{count} processes go on with this session</source>
            <translation>{count} 个进程在继续这个会话</translation>
        </message>
        <message>
            <source>You last typed at {when}</source>
            <translation>您上次输入是在 {when}</translation>
        </message>
        <message>
            <source>Prompt cache until {when}</source>
            <translation>提示缓存有效至 {when}</translation>
        </message>
        <message>
            <source>Prompt cache ran out at {when}</source>
            <translation>提示缓存已于 {when} 过期</translation>
        </message>
        <message>
            <source>1 sub-agent finished lately</source>
            <translation>1 个子代理刚刚完成</translation>
        </message>
        <message>
            <source>{count} sub-agents finished lately</source>
            <translation>{count} 个子代理刚刚完成</translation>
        </message>
        <message>
            <source>{len} more</source>
            <translation>另有 {len} 个</translation>
        </message>
        <message>
            <source>Running agents</source>
            <translation>运行中的代理</translation>
        </message>
        <message>
            <source>{status} · finished its turn</source>
            <translation>{status} · 已完成</translation>
        </message>
        <message>
            <source>Waiting for you</source>
            <translation>等您回应</translation>
        </message>
        <message>
            <source>Reading {target}</source>
            <translation>读取 {target}</translation>
        </message>
        <message>
            <source>Editing {target}</source>
            <translation>编辑 {target}</translation>
        </message>
        <message>
            <source>Searching {target}</source>
            <translation>搜索 {target}</translation>
        </message>
        <message>
            <source>Running {target}</source>
            <translation>运行 {target}</translation>
        </message>
        <message>
            <source>Fetching {target}</source>
            <translation>获取 {target}</translation>
        </message>
        <message>
            <source>Delegating to {target}</source>
            <translation>委派给 {target}</translation>
        </message>
        <message>
            <source>Planning {target}</source>
            <translation>规划 {target}</translation>
        </message>
        <message>
            <source>Using {target}</source>
            <translation>使用 {target}</translation>
        </message>
        <message>
            <source>Thinking</source>
            <translation>思考</translation>
        </message>
        <message>
            <source>Reading files</source>
            <translation>读取文件</translation>
        </message>
        <message>
            <source>Editing files</source>
            <translation>编辑文件</translation>
        </message>
        <message>
            <source>Searching</source>
            <translation>搜索</translation>
        </message>
        <message>
            <source>Running a command</source>
            <translation>运行命令</translation>
        </message>
        <message>
            <source>Reading the web</source>
            <translation>阅读网页</translation>
        </message>
        <message>
            <source>Delegating</source>
            <translation>委派</translation>
        </message>
        <message>
            <source>Planning</source>
            <translation>规划</translation>
        </message>
        <message>
            <source>Asks: {what}</source>
            <translation>询问：{what}</translation>
        </message>
        <message>
            <source>Finished its turn</source>
            <translation>本轮已完成</translation>
        </message>
        <message>
            <source>last active {when}</source>
            <translation>最近活动 {when}</translation>
        </message>
        <message>
            <source>Last: </source>
            <translation>最近：</translation>
        </message>
        <message>
            <source>Doing</source>
            <translation>动作</translation>
        </message>
        <message>
            <source>Context</source>
            <translation>上下文</translation>
        </message>
        <message>
            <source>Tokens/min</source>
            <translation>令牌/分</translation>
        </message>
        <message>
            <source>Cost</source>
            <translation>费用</translation>
        </message>
        <message>
            <source>Age</source>
            <translation>时长</translation>
        </message>
        <message>
            <source>Project and agent</source>
            <translation>项目与代理</translation>
        </message>
        <message>
            <source>The language model</source>
            <translation>语言模型</translation>
        </message>
        <message>
            <source>What it does now</source>
            <translation>当前状态</translation>
        </message>
        <message>
            <source>What it waits for or does now, else the branch it works on</source>
            <translation>等待什么或在做什么，否则为分支</translation>
        </message>
        <message>
            <source>How full the model's context window is</source>
            <translation>模型上下文窗口的占用</translation>
        </message>
        <message>
            <source>New tokens a minute, averaged over 5 minutes</source>
            <translation>每分钟新令牌，5 分钟平均</translation>
        </message>
        <message>
            <source>At list prices, sub-agents included; in plan: adds nothing to what you pay</source>
            <translation>按标价，含子代理；套餐内：不增加支付</translation>
        </message>
        <message>
            <source>Since it was started</source>
            <translation>自启动以来</translation>
        </message>
        <message>
            <source>sub-agent of {name}</source>
            <translation>{name} 的子代理</translation>
        </message>
        <message>
            <source>Working</source>
            <translation>工作中</translation>
        </message>
        <message>
            <source>itself</source>
            <translation>自身</translation>
        </message>
        <message>
            <source>sub-agent</source>
            <translation>子代理</translation>
        </message>
        <message>
            <source>{flow} tokens a minute</source>
            <translation>每分钟 {flow} 令牌</translation>
        </message>
        <message>
            <source>another</source>
            <translation>另一个</translation>
        </message>
        <message>
            <source>Hide names and amounts of money while you share the screen ({keys})</source>
            <translation>共享屏幕时隐藏名称与金额 ({keys})</translation>
        </message>
        <message>
            <source>Starting</source>
            <translation>启动中</translation>
        </message>
        <message>
            <source>Hide names</source>
            <translation>隐藏名称</translation>
        </message>
        <message>
            <source>Navigation</source>
            <translation>导航</translation>
        </message>
        <message>
            <source>Last event {ago}</source>
            <translation>最近事件 {ago}</translation>
        </message>
        <message>
            <source>No events yet</source>
            <translation>尚无事件</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>已暂停</translation>
        </message>
        <message>
            <source>{sources} of {sources2} sources</source>
            <translation>{sources2} 个来源中的 {sources} 个</translation>
        </message>
        <message>
            <source>Something cannot work</source>
            <translation>有部分无法工作</translation>
        </message>
        <message>
            <source>Watching for agents</source>
            <translation>正在查找代理</translation>
        </message>
        <message>
            <source>Watching 1 source</source>
            <translation>监视 1 个来源</translation>
        </message>
        <message>
            <source>Watching {sources} sources</source>
            <translation>监视 {sources} 个来源</translation>
        </message>
        <message>
            <source>~{tokens} tokens are estimates: their agents do not write enough to be exact</source>
            <translation>约 {tokens} 个令牌为估计值：其代理写下的信息不足以精确计算</translation>
        </message>
        <message>
            <source>{used} of {amount} · {part}</source>
            <translation>{used} / {amount} · {part}</translation>
        </message>
        <message>
            <source> at list prices</source>
            <translation> 按标价</translation>
        </message>
        <message>
            <source>{model} has no price</source>
            <translation>{model} 没有价格</translation>
        </message>
        <message>
            <source>{number} requests</source>
            <translation>{number} 个请求</translation>
        </message>
        <message>
            <source>{share} of all</source>
            <translation>占全部的 {share}</translation>
        </message>
        <message>
            <source>Restated on {day}, {number} requests</source>
            <translation>{day} 重述，{number} 个请求</translation>
        </message>
        <message>
            <source>Projected for {month_name}</source>
            <translation>{month_name}预计</translation>
        </message>
        <message>
            <source>Spent in {month_name}</source>
            <translation>{month_name}花费</translation>
        </message>
        <message>
            <source>earliest: {day}</source>
            <translation>最早：{day}</translation>
        </message>
        <message>
            <source>not expected</source>
            <translation>预计不会</translation>
        </message>
        <message>
            <source>Of it inside plans</source>
            <translation>其中套餐内</translation>
        </message>
        <message>
            <source>range {wide}</source>
            <translation>范围 {wide}</translation>
        </message>
        <message>
            <source>Over budget by</source>
            <translation>超出预算</translation>
        </message>
        <message>
            <source>Chance over</source>
            <translation>超支概率</translation>
        </message>
        <message>
            <source>half the time {inner}, 8 in 10 {wide}</source>
            <translation>半数 {inner}，十之八 {wide}</translation>
        </message>
        <message>
            <source>{used} used</source>
            <translation>已用 {used}</translation>
        </message>
        <message>
            <source>, month {gone} gone</source>
            <translation>，本月已过 {gone}</translation>
        </message>
        <message>
            <source>as if all were metered</source>
            <translation>如全部按量</translation>
        </message>
        <message>
            <source>adds nothing to what you pay</source>
            <translation>不增加您的支付</translation>
        </message>
        <message>
            <source>plans and metered use</source>
            <translation>套餐与按量</translation>
        </message>
        <message>
            <source>few days of data, 8 in 10</source>
            <translation>数据仅数日，十之八</translation>
        </message>
        <message>
            <source>none set</source>
            <translation>未设</translation>
        </message>
        <message>
            <source>budget passed</source>
            <translation>预算已超</translation>
        </message>
        <message>
            <source>no budget set</source>
            <translation>未设预算</translation>
        </message>
        <message>
            <source>Monthly fee in US dollars</source>
            <translation>每月费用（美元）</translation>
        </message>
        <message>
            <source>fee</source>
            <translation>费用</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>What may a month cost?</source>
            <translation>一个月可以花多少？</translation>
        </message>
        <message>
            <source>A budget and a flat plan make the numbers yours. Both can be set later, too.</source>
            <translation>设定预算和套餐，数字才属于您。以后也可以设置。</translation>
        </message>
        <message>
            <source>Budget a month</source>
            <translation>每月预算</translation>
        </message>
        <message>
            <source>Agents: {counts_words}</source>
            <translation>代理：{counts_words}</translation>
        </message>
        <message>
            <source>Agents, that can be seen</source>
            <translation>可见的代理</translation>
        </message>
        <message>
            <source>Agents, sample</source>
            <translation>代理（示例）</translation>
        </message>
        <message>
            <source>+{count} sub</source>
            <translation>+{count} 子</translation>
        </message>
        <message>
            <source>+{count} sub-agents</source>
            <translation>+{count} 子代理</translation>
        </message>
        <message>
            <source>+1 sub-agent</source>
            <translation>+1 子代理</translation>
        </message>
        <message>
            <source>, {sub_agents} sub-agents</source>
            <translation>，{sub_agents} 个子代理</translation>
        </message>
        <message>
            <source>Counted are sessions whose process runs, and logs that grew in the last minutes.</source>
            <translation>统计对象：进程正在运行的会话，以及最近几分钟内有增长的日志。</translation>
        </message>
        <message>
            <source>1 source missing</source>
            <translation>缺少 1 个来源</translation>
        </message>
        <message>
            <source>{count} sources missing</source>
            <translation>缺少 {count} 个来源</translation>
        </message>
        <message>
            <source>{name}, at {clock}</source>
            <translation>{name}，{clock}</translation>
        </message>
        <message>
            <source>{name}, projected</source>
            <translation>{name}预计</translation>
        </message>
        <message>
            <source>since {when}</source>
            <translation>自 {when} 起</translation>
        </message>
        <message>
            <source>Spending now</source>
            <translation>当前花费</translation>
        </message>
        <message>
            <source>/hour</source>
            <translation>/小时</translation>
        </message>
        <message>
            <source>metered</source>
            <translation>按量</translation>
        </message>
        <message>
            <source>Today they worked {worked} in all and waited {waited}; at most {count} at once.</source>
            <translation>今天共工作 {worked}，等待 {waited}；最多同时 {count} 个。</translation>
        </message>
        <message>
            <source>last token {when}</source>
            <translation>最近令牌 {when}</translation>
        </message>
        <message>
            <source>no token yet</source>
            <translation>尚无令牌</translation>
        </message>
        <message>
            <source>{agent}: {one}, {five}, {sixty} a minute over 1, 5 and 60 minutes, {cost} an hour at API prices</source>
            <translation>{agent}：1、5、60 分钟平均每分钟 {one}、{five}、{sixty}，按 API 价格每小时 {cost}</translation>
        </message>
        <message>
            <source>{name} so far</source>
            <translation>{name}至今</translation>
        </message>
        <message>
            <source>Agents: not watching while paused</source>
            <translation>代理：已暂停，未监视</translation>
        </message>
        <message>
            <source>Agents: reading logs</source>
            <translation>代理：正在读取日志</translation>
        </message>
        <message>
            <source>Token rate: not watching</source>
            <translation>令牌速率：未监视</translation>
        </message>
        <message>
            <source>Token rate: reading logs</source>
            <translation>令牌速率：正在读取日志</translation>
        </message>
        <message>
            <source>This month: {said}</source>
            <translation>本月：{said}</translation>
        </message>
        <message>
            <source>few days of data</source>
            <translation>数据仅数日</translation>
        </message>
        <message>
            <source>range {span}</source>
            <translation>范围 {span}</translation>
        </message>
        <message>
            <source>metered agents only</source>
            <translation>仅按量代理</translation>
        </message>
        <message>
            <source>metered only</source>
            <translation>仅按量</translation>
        </message>
        <message>
            <source>{agents} counted to {when}</source>
            <translation>{agents} 统计至 {when}</translation>
        </message>
        <message>
            <source>counted to {when}</source>
            <translation>统计至 {when}</translation>
        </message>
        <message>
            <source>{more} inside plans</source>
            <translation>套餐内 {more}</translation>
        </message>
        <message>
            <source>{more} in plans</source>
            <translation>{more} 套餐</translation>
        </message>
        <message>
            <source>none running</source>
            <translation>无运行</translation>
        </message>
        <message>
            <source>not watching</source>
            <translation>未监视</translation>
        </message>
        <message>
            <source>looking for agents</source>
            <translation>正在查找代理</translation>
        </message>
        <message>
            <source>≈ {money_short} an hour</source>
            <translation>≈ 每小时 {money_short}</translation>
        </message>
        <message>
            <source>without {agents}</source>
            <translation>不含 {agents}</translation>
        </message>
        <message>
            <source>spent when paused</source>
            <translation>暂停时花费</translation>
        </message>
        <message>
            <source>to {when}</source>
            <translation>至 {when}</translation>
        </message>
        <message>
            <source>{rate}/min over the hour</source>
            <translation>一小时平均 {rate}/分</translation>
        </message>
        <message>
            <source>{rate} in 1 h</source>
            <translation>1 小时 {rate}</translation>
        </message>
        <message>
            <source>peak {rate} at {time}</source>
            <translation>峰值 {rate}，{time}</translation>
        </message>
        <message>
            <source>peak {rate}</source>
            <translation>峰值 {rate}</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>添加</translation>
        </message>
        <message>
            <source>Add a percentage</source>
            <translation>添加百分比</translation>
        </message>
        <message>
            <source>Percentage {number}</source>
            <translation>百分比 {number}</translation>
        </message>
        <message>
            <source>Empty it to take it away</source>
            <translation>清空即删除</translation>
        </message>
        <message>
            <source>in 1 session</source>
            <translation>1 个会话</translation>
        </message>
        <message>
            <source>in {text} sessions</source>
            <translation>{text} 个会话</translation>
        </message>
        <message>
            <source>Tokens per day. </source>
            <translation>每日令牌。</translation>
        </message>
        <message>
            <source>Today so far</source>
            <translation>今天至今</translation>
        </message>
        <message>
            <source>Busiest day</source>
            <translation>最忙的一天</translation>
        </message>
        <message>
            <source>{tokens} tokens</source>
            <translation>{tokens} 令牌</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <source>{lost} Undo is possible for some seconds.</source>
            <translation>{lost} 数秒内可撤销。</translation>
        </message>
        <message>
            <source>No windows are known to run out of. What they use counts towards the month.</source>
            <translation>没有会用完的已知窗口，其用量计入当月。</translation>
        </message>
        <message>
            <source>Trying again by itself every {seconds} s</source>
            <translation>每 {seconds} 秒自动重试</translation>
        </message>
        <message>
            <source>Open settings</source>
            <translation>打开设置</translation>
        </message>
        <message>
            <source>TokenWatch tries again by itself</source>
            <translation>TokenWatch 会自动重试</translation>
        </message>
        <message>
            <source>{number} new</source>
            <translation>{number} 条新</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>重试</translation>
        </message>
        <message>
            <source>Stop watching {agent}</source>
            <translation>不再监视 {agent}</translation>
        </message>
        <message>
            <source>too early to project</source>
            <translation>尚早，无法预测</translation>
        </message>
        <message>
            <source>Working in the background</source>
            <translation>后台工作中</translation>
        </message>
        <message>
            <source>Idle</source>
            <translation>空闲</translation>
        </message>
        <message>
            <source>Finished</source>
            <translation>已完成</translation>
        </message>
        <message>
            <source>Ended unexpectedly</source>
            <translation>意外结束</translation>
        </message>
        <message>
            <source>updated {ago}</source>
            <translation>{ago}更新</translation>
        </message>
        <message>
            <source>{spent} of {budget}</source>
            <translation>{spent} / {budget}</translation>
        </message>
        <message>
            <source>{verdict} · {chance} chance of going over</source>
            <translation>{verdict} · 超支可能 {chance}</translation>
        </message>
        <message>
            <source>{name}: {counts_words}; {rate} tokens a minute; {month_words}</source>
            <translation>{name}：{counts_words}；每分钟 {rate} 令牌；{month_words}</translation>
        </message>
        <message>
            <source>{counts_words} · {rate}/min</source>
            <translation>{counts_words} · {rate}/分</translation>
        </message>
        <message>
            <source>just now</source>
            <translation>刚刚</translation>
        </message>
        <message>
            <source>{seconds} min ago</source>
            <translation>{seconds} 分钟前</translation>
        </message>
        <message>
            <source>{count} waiting for you</source>
            <translation>{count} 个在等您</translation>
        </message>
        <message>
            <source>{count} running</source>
            <translation>{count} 个运行中</translation>
        </message>
        <message>
            <source>no agents running</source>
            <translation>没有代理运行</translation>
        </message>
        <message>
            <source>projected {range}</source>
            <translation>预计 {range}</translation>
        </message>
        <message>
            <source>projected {middle}, range {width}</source>
            <translation>预计 {middle}，范围 {width}</translation>
        </message>
        <message>
            <source>projected {middle} ({width})</source>
            <translation>预计 {middle}（{width}）</translation>
        </message>
        <message>
            <source>{money} over</source>
            <translation>超出 {money}</translation>
        </message>
        <message>
            <source>{over} · heading for {money_forecast} over</source>
            <translation>{over} · 预计超出 {money_forecast}</translation>
        </message>
        <message>
            <source>On track</source>
            <translation>正常</translation>
        </message>
        <message>
            <source>{name}: reading logs</source>
            <translation>{name}：正在读取日志</translation>
        </message>
        <message>
            <source>{name}, sample</source>
            <translation>{name}（示例）</translation>
        </message>
        <message>
            <source>{rate} tokens/min</source>
            <translation>{rate} 令牌/分</translation>
        </message>
        <message>
            <source>{name}: paused</source>
            <translation>{name}：已暂停</translation>
        </message>
        <message>
            <source> · {rate}/min</source>
            <translation> · {rate}/分</translation>
        </message>
        <message>
            <source> · resets in {duration}</source>
            <translation> · {duration}后重置</translation>
        </message>
        <message>
            <source>May go over</source>
            <translation>可能超支</translation>
        </message>
        <message>
            <source>Heading over</source>
            <translation>将会超支</translation>
        </message>
        <message>
            <source>{name}: paused since {clock_time}</source>
            <translation>{name}：自 {clock_time} 起暂停</translation>
        </message>
        <message>
            <source>waiting {time}</source>
            <translation>等待 {time}</translation>
        </message>
        <message>
            <source>idle {time}</source>
            <translation>空闲 {time}</translation>
        </message>
        <message>
            <source>{rate} tokens a minute</source>
            <translation>每分钟 {rate} 令牌</translation>
        </message>
        <message>
            <source> to </source>
            <translation>至</translation>
        </message>
        <message>
            <source>{month_name} {spent_words} when paused</source>
            <translation>{month_name} {spent_words}（暂停时）</translation>
        </message>
        <message>
            <source>1 sub-agent</source>
            <translation>1 个子代理</translation>
        </message>
        <message>
            <source>{count} sub-agents</source>
            <translation>{count} 个子代理</translation>
        </message>
        <message>
            <source>The ledger was damaged and has been set aside as {name}.</source>
            <translation>账本已损坏，已另存为 {name}。</translation>
        </message>
        <message>
            <source>The backup of {made} is in its place and the logs since then are read again; what agents wrote and deleted in between is not counted.</source>
            <translation>{made} 的备份已取而代之，此后的日志会重新读取；代理在此期间写下又删除的内容未计入。</translation>
        </message>
        <message>
            <source>There was no backup, so all logs are read again; what agents have deleted is not counted.</source>
            <translation>没有备份，因此重新读取所有日志；代理已删除的内容未计入。</translation>
        </message>
        <message>
            <source>The ledger file is damaged.</source>
            <translation>账本文件已损坏。</translation>
        </message>
        <message>
            <source>The ledger's sums are not those of its records.</source>
            <translation>账本的合计与其记录不符。</translation>
        </message>
        <message>
            <source>The ledger holds sums that belong to no session.</source>
            <translation>账本中有不属于任何会话的合计。</translation>
        </message>
        <message>
            <source>The ledger is damaged, and its backup could not be put in place: {why}.</source>
            <translation>账本已损坏，且无法换上其备份：{why}。</translation>
        </message>
        <message>
            <source>The ledger is damaged, and there is no space for its backup.</source>
            <translation>账本已损坏，且没有空间放置其备份。</translation>
        </message>
        <message>
            <source>The ledger holds counts that cannot be.</source>
            <translation>账本中有不可能的计数。</translation>
        </message>
        <message>
            <source>The check of the ledger was broken off.</source>
            <translation>账本检查已中断。</translation>
        </message>
        <message>
            <source>The ledger was written by a newer TokenWatch (format {version}, this one knows {known}). It is left untouched; update TokenWatch to go on.</source>
            <translation>账本由较新的 TokenWatch 写入（格式 {version}，此版本支持 {known}）。它保持不变；请更新 TokenWatch 以继续。</translation>
        </message>
        <message>
            <source>The ledger cannot be opened: {why}.</source>
            <translation>账本无法打开：{why}。</translation>
        </message>
        <message>
            <source>Another program holds the ledger; trying again.</source>
            <translation>另一个程序占用账本；正在重试。</translation>
        </message>
        <message>
            <source>The ledger file is damaged: its format has no sensible number.</source>
            <translation>账本文件已损坏：其格式编号不合理。</translation>
        </message>
        <message>
            <source>{path} may not be written ({why}), so nothing new is counted.</source>
            <translation>{path} 不可写入（{why}），因此不再计入新内容。</translation>
        </message>
        <message>
            <source>The ledger is not set up yet, or of an older format that only a writer brings up to date.</source>
            <translation>账本尚未建立，或格式较旧，只有写入时才会更新。</translation>
        </message>
        <message>
            <source>There is no space left for the ledger. Counting goes on when space is free.</source>
            <translation>账本没有空间了。有空间后会继续计数。</translation>
        </message>
        <message>
            <source>The ledger file is damaged and cannot be read.</source>
            <translation>账本文件已损坏，无法读取。</translation>
        </message>
        <message>
            <source>The ledger cannot hold what was read: {why}.</source>
            <translation>账本无法容纳读取的内容：{why}。</translation>
        </message>
        <message>
            <source>The ledger could not be written: the disk reports an error ({why}).</source>
            <translation>账本无法写入：磁盘报告错误（{why}）。</translation>
        </message>
        <message>
            <source>The ledger cannot be opened: its folder is missing or may not be read.</source>
            <translation>账本无法打开：其文件夹缺失或无权读取。</translation>
        </message>
        <message>
            <source>The ledger could not be used: {why}.</source>
            <translation>账本无法使用：{why}。</translation>
        </message>
        <message>
            <source>The ledger may not be written: it or its folder is read-only.</source>
            <translation>账本不可写入：它或其文件夹为只读。</translation>
        </message>
        <message>
            <source>{missing} of {count} models are missing</source>
            <translation>{count} 个模型中缺少 {missing} 个</translation>
        </message>
        <message>
            <source>{count} models would have cost something else in the past</source>
            <translation>有 {count} 个模型过去的价格会被改变</translation>
        </message>
        <message>
            <source>it has another shape than expected ({why})</source>
            <translation>格式与预期不同（{why}）</translation>
        </message>
        <message>
            <source>it cannot be read</source>
            <translation>无法读取</translation>
        </message>
        <message>
            <source>dollars per million tokens,</source>
            <translation>每百万 token 的美元数，</translation>
        </message>
        <message>
            <source>not valid TOML ({reason})</source>
            <translation>不是有效的 TOML（{reason}）</translation>
        </message>
        <message>
            <source>dollars per thousand searches,</source>
            <translation>每千次搜索的美元数，</translation>
        </message>
        <message>
            <source>a number</source>
            <translation>数字，</translation>
        </message>
        <message>
            <source>it is not used</source>
            <translation>此项不使用</translation>
        </message>
        <message>
            <source>{file}, line {line}: {reason}; {what}.</source>
            <translation>{file} 第 {line} 行：{reason}；{what}。</translation>
        </message>
        <message>
            <source>an entry must be a table</source>
            <translation>条目必须是表</translation>
        </message>
        <message>
            <source>model must be a name, or a list of names, in quotes</source>
            <translation>model 必须是带引号的名称或名称列表</translation>
        </message>
        <message>
            <source>provider must be a name in quotes</source>
            <translation>provider 必须是带引号的名称</translation>
        </message>
        <message>
            <source>tier must be one of {names}</source>
            <translation>tier 必须是以下之一：{names}</translation>
        </message>
        <message>
            <source>{key} must be a day such as 2026-01-31, without quotes</source>
            <translation>{key} 必须是形如 2026-01-31 的日期，不带引号</translation>
        </message>
        <message>
            <source>{key} must be {what} from 0 to {highest}</source>
            <translation>{key} 必须是{what}从 0 到 {highest}</translation>
        </message>
        <message>
            <source>times is missing</source>
            <translation>缺少 times</translation>
        </message>
        <message>
            <source>geo must be a name in quotes</source>
            <translation>geo 必须是带引号的名称</translation>
        </message>
        <message>
            <source>a factor holds for a tier or for a geo, not for both</source>
            <translation>系数只适用于 tier 或 geo 之一</translation>
        </message>
        <message>
            <source>{key} must be true or false</source>
            <translation>{key} 必须是 true 或 false</translation>
        </message>
        <message>
            <source>{key} is not a known key</source>
            <translation>{key} 不是已知的键</translation>
        </message>
        <message>
            <source>{key} is missing</source>
            <translation>缺少 {key}</translation>
        </message>
        <message>
            <source>long_above must be a number of tokens</source>
            <translation>long_above 必须是 token 数</translation>
        </message>
        <message>
            <source>{key} needs long_above</source>
            <translation>{key} 需要 long_above</translation>
        </message>
        <message>
            <source>{file} is larger than 1 MB: your prices are not used.</source>
            <translation>{file} 超过 1 MB：不使用您的价格。</translation>
        </message>
        <message>
            <source>this entry is not used</source>
            <translation>此条目不使用</translation>
        </message>
        <message>
            <source>{kind} is not known here</source>
            <translation>此处不认识 {kind}</translation>
        </message>
        <message>
            <source>long_above needs {key}</source>
            <translation>long_above 需要 {key}</translation>
        </message>
        <message>
            <source>{file} cannot be read ({why}): your prices are not used.</source>
            <translation>无法读取 {file}（{why}）：不使用您的价格。</translation>
        </message>
        <message>
            <source>{file} is not UTF-8 text: your prices are not used.</source>
            <translation>{file} 不是 UTF-8 文本：不使用您的价格。</translation>
        </message>
        <message>
            <source>this price is not used</source>
            <translation>此价格不使用</translation>
        </message>
        <message>
            <source>this factor is not used</source>
            <translation>此系数不使用</translation>
        </message>
        <message>
            <source>{kind} is not known here (write [[{name}]])</source>
            <translation>此处不认识 {kind}（请写作 [[{name}]]）</translation>
        </message>
        <message>
            <source>{pattern} must name a model, in quotes</source>
            <translation>{pattern} 必须是带引号的模型名称</translation>
        </message>
        <message>
            <source>this alias is not used</source>
            <translation>此别名不使用</translation>
        </message>
        <message>
            <source>"{amount}" is not a number of dollars.</source>
            <translation>"{amount}" 不是美元数额。</translation>
        </message>
        <message>
            <source>{file} cannot be read, so nothing was added to it.</source>
            <translation>无法读取 {file}，因此没有添加任何内容。</translation>
        </message>
        <message>
            <source>{file} has a mistake, so nothing was added to it.</source>
            <translation>{file} 有错误，因此没有添加任何内容。</translation>
        </message>
        <message>
            <source>{file} could not be written ({why}).</source>
            <translation>无法写入 {file}（{why}）。</translation>
        </message>
        <message>
            <source>The price table cannot be read ({reason}): no cost is known. Install TokenWatch anew.</source>
            <translation>无法读取价格表（{reason}）：费用未知。请重新安装 TokenWatch。</translation>
        </message>
        <message>
            <source>genai-prices {installed} cannot be used ({reason}): the prices of {version} hold.</source>
            <translation>无法使用 genai-prices {installed}（{reason}）：采用 {version} 的价格。</translation>
        </message>
        <message>
            <source>The price table is damaged ({error}): some costs are missing. Install TokenWatch anew.</source>
            <translation>价格表已损坏（{error}）：部分费用缺失。请重新安装 TokenWatch。</translation>
        </message>
        <message>
            <source>generations of a form that is not known</source>
            <translation>格式未知的生成记录</translation>
        </message>
        <message>
            <source>{path} was not closed in order by its agent; it is read when that runs again.</source>
            <translation>{path} 未被其代理正常关闭；代理再次运行时会读取。</translation>
        </message>
        <message>
            <source>{path} is damaged or no database.</source>
            <translation>{path} 已损坏或不是数据库。</translation>
        </message>
        <message>
            <source>{path} is locked by another program; it is read again soon.</source>
            <translation>{path} 被另一个程序锁定；很快会再次读取。</translation>
        </message>
        <message>
            <source>{path} takes too long to read, so the rest of it is left out.</source>
            <translation>读取 {path} 耗时过长，其余部分未计入。</translation>
        </message>
        <message>
            <source>{path} cannot be read right now: {why}.</source>
            <translation>{path} 目前无法读取：{why}。</translation>
        </message>
        <message>
            <source>row over 32 MiB</source>
            <translation>数据行超过 32 MiB</translation>
        </message>
        <message>
            <source>{path} is being written; it is read again soon.</source>
            <translation>{path} 正在写入；很快会再次读取。</translation>
        </message>
        <message>
            <source>answers without token counts</source>
            <translation>没有 token 计数的回答</translation>
        </message>
        <message>
            <source>not valid JSON</source>
            <translation>不是有效的 JSON</translation>
        </message>
        <message>
            <source>The bill of {provider} could not be read: {error}</source>
            <translation>无法读取 {provider} 的账单：{error}</translation>
        </message>
        <message>
            <source>This is none of the exports that are known: the usage or cost export of the Claude Console, or the usage or costs export of the OpenAI platform, as CSV.</source>
            <translation>这不是已知的导出文件：Claude Console 的用量或费用导出，或 OpenAI 平台的用量或费用导出（CSV）。</translation>
        </message>
        <message>
            <source>The file has no rows, so there is nothing to compare.</source>
            <translation>文件没有数据行，因此没有可核对的内容。</translation>
        </message>
        <message>
            <source>{file} is larger than {most} MiB, which no export is.</source>
            <translation>{file} 超过 {most} MiB，导出文件不会这么大。</translation>
        </message>
        <message>
            <source>the amount is in {currency} and not in dollars</source>
            <translation>金额以 {currency} 计，而非美元</translation>
        </message>
        <message>
            <source>"{text}" is no number of tokens</source>
            <translation>"{text}" 不是 token 数</translation>
        </message>
        <message>
            <source>"{text}" is no amount</source>
            <translation>"{text}" 不是金额</translation>
        </message>
        <message>
            <source>Line {line} of the file is not understood: {error}.</source>
            <translation>无法理解文件第 {line} 行：{error}。</translation>
        </message>
        <message>
            <source>{file} cannot be read: {why}.</source>
            <translation>无法读取 {file}：{why}。</translation>
        </message>
        <message>
            <source>{file} is not text in UTF-8.</source>
            <translation>{file} 不是 UTF-8 文本。</translation>
        </message>
        <message>
            <source>"{text}" is no day</source>
            <translation>"{text}" 不是日期</translation>
        </message>
        <message>
            <source>The prices that were fetched are not used: {error}.</source>
            <translation>不使用获取到的价格：{error}。</translation>
        </message>
        <message>
            <source>The prices that were fetched could not be kept ({why}).</source>
            <translation>无法保存获取到的价格（{why}）。</translation>
        </message>
        <message>
            <source>The rates that were fetched could not be kept ({why}).</source>
            <translation>无法保存获取到的汇率（{why}）。</translation>
        </message>
        <message>
            <source>The rates of currencies that were fetched are not used: they have another form.</source>
            <translation>不使用获取到的汇率：格式不同。</translation>
        </message>
        <message>
            <source>{host} answered in a way that is not understood: {what}.</source>
            <translation>无法理解 {host} 的应答：{what}。</translation>
        </message>
        <message>
            <source>an object is missing</source>
            <translation>缺少对象</translation>
        </message>
        <message>
            <source>a list is missing</source>
            <translation>缺少列表</translation>
        </message>
        <message>
            <source>a count is no whole number</source>
            <translation>计数不是整数</translation>
        </message>
        <message>
            <source>a name is no text</source>
            <translation>名称不是文本</translation>
        </message>
        <message>
            <source>an amount is in {currency} and not in dollars</source>
            <translation>有金额以 {currency} 计，而非美元</translation>
        </message>
        <message>
            <source>an amount is no number</source>
            <translation>金额不是数字</translation>
        </message>
        <message>
            <source>an amount is impossible</source>
            <translation>金额不可能成立</translation>
        </message>
        <message>
            <source>a day does not begin at midnight UTC</source>
            <translation>日期不从 UTC 零点开始</translation>
        </message>
        <message>
            <source>a day is missing</source>
            <translation>缺少日期</translation>
        </message>
        <message>
            <source>its pages do not end</source>
            <translation>分页没有结尾</translation>
        </message>
        <message>
            <source>There is no system keyring, so no key can be kept and accounts are off. On Linux a Secret Service is needed: install gnome-keyring, KeePassXC or KWallet, and sign in again.</source>
            <translation>没有系统密钥环，因此无法保存密钥，账户功能关闭。Linux 上需要 Secret Service：请安装 gnome-keyring、KeePassXC 或 KWallet 并重新登录。</translation>
        </message>
        <message>
            <source>An admin key of {name} begins with {prefix}. Other keys cannot read the bill.</source>
            <translation>{name} 的管理密钥以 {prefix} 开头。其他密钥无法读取账单。</translation>
        </message>
        <message>
            <source>This is not a whole key of {name}: it has other characters or another length.</source>
            <translation>这不是完整的 {name} 密钥：字符或长度不符。</translation>
        </message>
        <message>
            <source>The macOS Keychain</source>
            <translation>macOS 钥匙串</translation>
        </message>
        <message>
            <source>The Windows Credential Manager</source>
            <translation>Windows 凭据管理器</translation>
        </message>
        <message>
            <source>{name} is locked. Unlock it to use the keys in it.</source>
            <translation>{name} 已锁定。请解锁以使用其中的密钥。</translation>
        </message>
        <message>
            <source>{name} is locked, so the keys in it cannot be read.</source>
            <translation>{name} 已锁定，因此无法读取其中的密钥。</translation>
        </message>
        <message>
            <source>The system keyring is locked and was not unlocked.</source>
            <translation>系统密钥环已锁定且未被解锁。</translation>
        </message>
        <message>
            <source>The system keyring cannot be used ({why}).</source>
            <translation>无法使用系统密钥环（{why}）。</translation>
        </message>
        <message>
            <source>What the keyring keeps for {name} is not an admin key. Remove it here.</source>
            <translation>密钥环中为 {name} 保存的不是管理密钥。请在此处移除。</translation>
        </message>
        <message>
            <source>{host} was asked too often.</source>
            <translation>对 {host} 的查询过于频繁。</translation>
        </message>
        <message>
            <source>{host} was asked too often. It asks to wait {seconds} s.</source>
            <translation>对 {host} 的查询过于频繁。对方要求等待 {seconds} 秒。</translation>
        </message>
        <message>
            <source>{host} did not understand the question (status {status}{said}).</source>
            <translation>{host} 无法理解该请求（状态 {status}{said}）。</translation>
        </message>
        <message>
            <source>its certificate is not trusted: {why}</source>
            <translation>其证书不受信任：{why}</translation>
        </message>
        <message>
            <source>{host} points to another address, which is not followed.</source>
            <translation>{host} 指向另一地址，不予跟随。</translation>
        </message>
        <message>
            <source>{host} does not accept the key{why}.</source>
            <translation>{host} 不接受该密钥{why}。</translation>
        </message>
        <message>
            <source>{host} does not let this key read reports{why}.</source>
            <translation>{host} 不允许该密钥读取报告{why}。</translation>
        </message>
        <message>
            <source>{host} is no provider's address, so it is not asked.</source>
            <translation>{host} 不是提供商的地址，因此不予查询。</translation>
        </message>
        <message>
            <source>{host} has trouble of its own (status {status}{said}).</source>
            <translation>{host} 自身出现问题（状态 {status}{said}）。</translation>
        </message>
        <message>
            <source>{host} answered with something that is not JSON.</source>
            <translation>{host} 的应答不是 JSON。</translation>
        </message>
        <message>
            <source>{host} was not asked any more.</source>
            <translation>未再查询 {host}。</translation>
        </message>
        <message>
            <source>{host} answered with more than {most} MiB, which is not read.</source>
            <translation>{host} 的应答超过 {most} MiB，不予读取。</translation>
        </message>
        <message>
            <source>{host} did not answer within {seconds} seconds.</source>
            <translation>{host} 在 {seconds} 秒内没有回应。</translation>
        </message>
        <message>
            <source>{host} could not be reached ({why}).</source>
            <translation>无法连接 {host}（{why}）。</translation>
        </message>
        <message>
            <source>{host} broke off its answer ({why}).</source>
            <translation>{host} 的应答中断（{why}）。</translation>
        </message>
        <message>
            <source>the program stands in a folder whose name cannot be written into an entry</source>
            <translation>程序所在文件夹的名称无法写入启动项</translation>
        </message>
        <message>
            <source>network share</source>
            <translation>网络共享</translation>
        </message>
        <message>
            <source>network drive</source>
            <translation>网络驱动器</translation>
        </message>
        <message>
            <source>{folder} cannot be locked: {why}.</source>
            <translation>无法锁定 {folder}：{why}。</translation>
        </message>
        <message>
            <source>Claude Code keeps no settings here: {folder} does not exist.</source>
            <translation>Claude Code 在此处没有设置：{folder} 不存在。</translation>
        </message>
        <message>
            <source>"{entry}" in {file} is not a command, so it is left alone.</source>
            <translation>{file} 中的 "{entry}" 不是命令，因此不作改动。</translation>
        </message>
        <message>
            <source>{file} is larger than settings are, so it is left alone.</source>
            <translation>{file} 大于正常的设置文件，因此不作改动。</translation>
        </message>
        <message>
            <source>{file} does not hold settings, so it is left alone.</source>
            <translation>{file} 中没有设置，因此不作改动。</translation>
        </message>
        <message>
            <source>{file} is written in a way that is not understood, so it is left alone.</source>
            <translation>无法理解 {file} 的写法，因此不作改动。</translation>
        </message>
        <message>
            <source>{file} was changed meanwhile. Try again.</source>
            <translation>{file} 在此期间被改动。请重试。</translation>
        </message>
        <message>
            <source>What was the status line before is not known any more, so {file} is left alone. Change it by hand.</source>
            <translation>已无法得知原来的状态栏，因此不改动 {file}。请手动修改。</translation>
        </message>
        <message>
            <source>{file} could not be read ({why}), so it is left alone.</source>
            <translation>无法读取 {file}（{why}），因此不作改动。</translation>
        </message>
        <message>
            <source>{file} is not text in UTF-8, so it is left alone.</source>
            <translation>{file} 不是 UTF-8 文本，因此不作改动。</translation>
        </message>
        <message>
            <source>{file} is not the JSON that Claude Code writes, so it is left alone.</source>
            <translation>{file} 不是 Claude Code 写的 JSON，因此不作改动。</translation>
        </message>
        <message>
            <source>{path} could not be written ({why}).</source>
            <translation>无法写入 {path}（{why}）。</translation>
        </message>
        <message>
            <source>{file} is not an ordinary file, so it is left alone.</source>
            <translation>{file} 不是普通文件，因此不作改动。</translation>
        </message>
        <message>
            <source>It has ended already.</source>
            <translation>已经结束。</translation>
        </message>
        <message>
            <source>It could not be stopped: {error}.</source>
            <translation>无法停止：{error}。</translation>
        </message>
        <message>
            <source>Windows cannot interrupt another program; it can only be terminated.</source>
            <translation>Windows 无法中断其他程序，只能终止。</translation>
        </message>
        <message>
            <source>you may not</source>
            <translation>没有权限</translation>
        </message>
        <message>
            <source>No window of the agent’s terminal was found.</source>
            <translation>未找到该代理终端的窗口。</translation>
        </message>
        <message>
            <source>macOS did not allow it. Allow TokenWatch under Privacy &amp; Security, Accessibility.</source>
            <translation>macOS 不允许。请在“隐私与安全性 &gt; 辅助功能”中允许 TokenWatch。</translation>
        </message>
        <message>
            <source>The agent has ended.</source>
            <translation>代理已结束。</translation>
        </message>
        <message>
            <source>There is no graphical session here.</source>
            <translation>此处没有图形会话。</translation>
        </message>
        <message>
            <source>Install xdotool or wmctrl to let TokenWatch bring windows forward.</source>
            <translation>安装 xdotool 或 wmctrl 后，TokenWatch 才能将窗口置前。</translation>
        </message>
        <message>
            <source>Wayland lets no program bring another one’s window forward.</source>
            <translation>Wayland 不允许程序将其他程序的窗口置前。</translation>
        </message>
        <message>
            <source>Its pane in tmux was selected.</source>
            <translation>已选中其 tmux 窗格。</translation>
        </message>
        <message>
            <source>Windows let its button in the taskbar flash.</source>
            <translation>Windows 已让其任务栏按钮闪烁。</translation>
        </message>
    </context>
</TS>
